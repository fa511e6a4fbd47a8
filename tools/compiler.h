/* The state of one run of the template compiler, shared by its two halves: templates.c reads the template,
 * translate.c turns expressions and texts into C. */
#ifndef COMPILER_H
#define COMPILER_H

#include "context.h"
#include "tool.h"

enum { BLOCKS_MAX = 32, LANGUAGES_MOST = 8, ARGUMENTS_MAX = 9 };

typedef enum BlockKind { BLOCK_PAGE, BLOCK_IF, BLOCK_FOR } BlockKind;
typedef struct Block {
    BlockKind kind;
    int line;
    Context start;                                 /* where it began; every branch begins there */
    Context result;                                /* where the branches so far ended */
    bool has_result, has_else;
} Block;

typedef struct Compiler {
    const char *path;
    const char *at;                                /* what is read next */
    int line;
    Catalogue catalogues[LANGUAGES_MOST];          /* of every language but English */
    int catalogue_count;
    int faults;                                    /* missing translations: all are told before giving up */

    Buffer includes, texts, prototypes, code;      /* the C file, in four parts */
    Buffer literal;                                /* literal text not yet in `code` */
    Context context;
    bool line_is_empty;                            /* nothing of this source line was put out yet */
    bool blank_waits;                              /* a blank that is dropped if the line ends here */
    Block blocks[BLOCKS_MAX];
    int depth;
    int text_count;
} Compiler;

#define FAIL(compiler, where, ...) give_up((compiler)->path, (where), __VA_ARGS__)

/* Copies a C expression and turns each _("…") and _n("…", "…", n) in it into a Str of the reader's language. */
void expression_rewrite(Compiler *compiler, Buffer *out, const char *expression, int line);

/* `{{ expression }}` as C statements; `writing` says which kind of writing its place wants. */
void expression_write(Compiler *compiler, Buffer *out, const char *expression, int line, Writing writing);

#endif
