/* lint: what is wrong with a pack although each of its documents is right by itself. Pure.
 *
 * The loader (catalogue) refuses what cannot be understood; lint finds what nobody can have meant: conditions that are never
 * true, evidence that for some answers nobody can get, promises longer than the law allows; and what is doubtful: questions
 * asked twice, papers asked for that government holds, translations that say something else.
 *
 *     const PackSource *source;
 *     const Pack *pack = pack_load_source(arena, S("packs/zhejiang"), &errors, &source);
 *     Findings findings = lint_pack(arena, pack, source, today);
 *     findings_print(&findings, &out);
 *
 * A warning that is right as it is stands in the pack as a document `accepted`, with its reason; it is told as accepted, and
 * an acceptance of what is not there is a finding itself. Time grows linearly with the pack. */
#ifndef LINT_H
#define LINT_H

#include "base/base.h"
#include "catalogue/catalogue.h"

typedef struct Finding {
    Error error;                                   /* its kind is set */
    Str document;                                  /* in which it stands: "service food-licence"; empty for the loader's */
    Str accepted;                                  /* the reason, where it is accepted */
} Finding;
typedef struct Findings {
    LIST(Finding) list;                            /* by place */
    size_t errors, warnings, accepted;
} Findings;

/* `source` may be NULL: then places are those of documents. Without a date, what depends on it is left out. */
Findings lint_pack(Arena *arena, const Pack *pack, const PackSource *source, Date today);
/* What the loader said, so that both are told alike. */
Findings findings_of_errors(Arena *arena, const Errors *errors);
void findings_add(Arena *arena, Findings *all, const Findings *more);

void findings_print(const Findings *findings, Text *out); /* as a compiler does; accepted ones are left out */
/* {"findings":[{"code","severity","file","line","column","what","document","chain":[…],"law":[…],"hint"}]}; an accepted one
 * has "accepted" too, with the reason. */
void findings_json(const Findings *findings, Text *out);

/* All codes, the loader's and these, as Markdown; and as {"codes":[{"code","severity","meaning","hint"}]}. */
void lint_reference(Text *out);
void lint_reference_json(Text *out);

#endif
