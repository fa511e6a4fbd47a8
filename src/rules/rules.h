/* rules: FEEL, the expression language of DMN, on decimal128 numbers, with answers that are not known yet. Pure.
 *
 * A rule is parsed once, when its pack is loaded, and evaluated with what is known. A fact that has not been
 * asked is *unknown*, which is not null: the result is a value, or unknown with the facts it waits for. What can be
 * decided without them is decided (`false and unknown` is false), and what is called known, no later answer can change.
 *
 *     Errors errors = errors_begin(arena);
 *     const Rule *rule = rule_parse(arena, S("seats > 50 and open_fire"), (Place){ 0 }, &errors);
 *     Scope scope = { 0 };
 *     scope_set(arena, &scope, S("seats"), value_i64(arena, 20));
 *     Value answer = rule_evaluate(arena, rule, &scope);
 *     must(value_is_false(answer));                       // open_fire was never asked, and need not be
 */
#ifndef RULES_H
#define RULES_H

#include "base/base.h"

#define VALUE_KINDS(X)                                                                                                 \
    X(VALUE_NULL, "null")                                                                                              \
    X(VALUE_UNKNOWN, "unknown")                                                                                        \
    X(VALUE_BOOLEAN, "boolean")                                                                                        \
    X(VALUE_NUMBER, "number")                                                                                          \
    X(VALUE_STRING, "string")                                                                                          \
    X(VALUE_DATE, "date")                                                                                              \
    X(VALUE_TIME, "time")                                                                                              \
    X(VALUE_DATE_TIME, "date and time")                                                                                \
    X(VALUE_DAYS_DURATION, "days and time duration")                                                                   \
    X(VALUE_MONTHS_DURATION, "years and months duration")                                                              \
    X(VALUE_LIST, "list")                                                                                              \
    X(VALUE_CONTEXT, "context")                                                                                        \
    X(VALUE_RANGE, "range")                                                                                            \
    X(VALUE_FUNCTION, "function")

/* ---- limits ----
 * Whatever it is given, this module answers in bounded time and memory. These are all the limits past which there is no
 * answer: their names, sizes, and how they are told. What reads a rule or a model tells them as an error at its place;
 * evaluating gives null past them, or unknown where a fact that is not known came up before, and notes them (Scope.limit).
 * Bounds that change no answer stand where they apply: TRIES_MAX, REASONS_MAX, EXPLANATION_MAX and their like. */
#define LIMITS(X)                                                                                                      \
    X(LIMIT_TEXT, RULE_TEXT_MAX, 65536, "a rule of more than %s bytes")                                                \
    X(LIMIT_LEVELS, RULE_LEVELS_MAX, 200, "more than %s levels of expressions within expressions")                     \
    X(LIMIT_ITERATORS, ITERATORS_MAX, 16, "more than %s lists to go through at once")                                  \
    X(LIMIT_NUMBER, NUMBER_TEXT_MAX, 200, "a number of more than %s characters")                                       \
    X(LIMIT_XML, XML_BYTES_MAX, 4194304, "more than %s bytes of XML")                                                  \
    X(LIMIT_XML_DEPTH, XML_DEPTH_MAX, 150, "elements nested more than %s deep")                                        \
    X(LIMIT_XML_ELEMENTS, XML_ELEMENTS_MAX, 200000, "more than %s elements")                                           \
    X(LIMIT_XML_ATTRIBUTES, XML_ATTRIBUTES_MAX, 1000, "more than %s attributes of one element")                        \
    X(LIMIT_SOURCES, MODEL_SOURCES_MAX, 100, "more than %s sources of one model")                                      \
    X(LIMIT_IMPORTS, DOCUMENTS_MAX, 300, "more than %s imports")                                                       \
    X(LIMIT_IMPORTS_DEPTH, IMPORTS_DEPTH_MAX, 10, "imports of imports more than %s deep")                              \
    X(LIMIT_REQUIREMENTS, REQUIREMENTS_MAX, 2000, "more than %s requirements of one element")                          \
    X(LIMIT_TYPES, DEFINITIONS_DEPTH_MAX, 100, "item definitions more than %s deep")                                   \
    X(LIMIT_NAMES, MEMBERS_MAX, 2000, "more than %s names of components that are more than one word")                  \
    X(LIMIT_MEMORY, MEMORY_MAX, 0, "more memory than it may take")                                                     \
    X(LIMIT_STEPS, EVALUATION_STEPS_MAX, 1000000, "more than %s steps")                                                \
    X(LIMIT_DEPTH, EVALUATION_DEPTH_MAX, 2000, "more than %s expressions and calls within each other")                 \
    X(LIMIT_WEIGHT, VALUE_WEIGHT_MAX, 1000000, "a list or context of more than %s values in all")                      \
    X(LIMIT_NESTING, VALUE_NESTING_MAX, 500, "lists and contexts nested more than %s deep")                            \
    X(LIMIT_PATTERN, PATTERN_MAX, 2000, "a pattern of more than %s bytes")                                             \
    X(LIMIT_PATTERN_MADE, PATTERN_MADE_MAX, 32000, "a pattern of more than %s bytes, repetitions written out")         \
    X(LIMIT_PATTERN_STEPS, PATTERN_STEPS_MAX, 100000, "a pattern that takes more than %s steps to look for")

typedef enum LimitKind {
    LIMIT_NONE,
#define X(name, max, size, sentence) name,
    LIMITS(X)
#undef X
} LimitKind;
enum {
#define X(name, max, size, sentence) max = size,
    LIMITS(X)
#undef X
};
Str limit_text(Arena *arena, LimitKind kind);      /* more than 1,000,000 steps */

typedef enum ValueKind {
#define X(name, word) name,
    VALUE_KINDS(X)
#undef X
} ValueKind;

/* A value is small and copied; what it points to lives in an arena and is never changed. */
typedef struct ValueBox ValueBox;                  /* numbers, lists, contexts and the rest: inside the module */
typedef struct Value {
    ValueKind kind;
    union {
        LimitKind limit;                           /* of VALUE_NULL: it is null because it would be past that */
        bool boolean;
        Str string;
        struct {
            Date date;                             /* of VALUE_DATE; none where it is too far away for base */
            int64_t day;                           /* the same, days since 1970-01-01 */
        };
        const Strs *waiting;                       /* of VALUE_UNKNOWN: the facts it waits for, each once */
        const ValueBox *box;
    };
} Value;

/* ---- making values ---- */
Value value_null(void);
Value value_boolean(bool boolean);
Value value_string(Str string);                    /* not copied */
Value value_date(Date date);
Value value_i64(Arena *arena, int64_t number);
bool value_number(Arena *arena, Str text, Value *number) CHECKED; /* a FEEL number literal, optional sign; 34 digits */
Value value_unknown(Arena *arena, Str fact);
Value value_list(Arena *arena, const Value *items, size_t count); /* items are copied */
typedef struct ContextEntry {
    Str key;
    Value value;
} ContextEntry;
Value value_context(Arena *arena, const ContextEntry *entries, size_t count);

/* ---- looking at values ---- */
bool value_is_true(Value value);                   /* known and true */
bool value_is_false(Value value); /* known and false, or null: a condition that is null does not hold */
bool value_is_unknown(Value value);
bool value_equal(Value a, Value b);                /* FEEL equality of known values; numbers by amount */
bool value_compare(Value a, Value b, int *order) CHECKED; /* false where the kinds have no order */
size_t value_count(Value list);
Value value_item(Value list, size_t index);        /* from 0 */
Value value_get(Value context, Str key);           /* null when absent */
void text_value(Text *text, Value value);          /* as FEEL text: "x", 1.50, @"2026-10-26", [1, 2], {a: 1} */
Str value_number_text(Arena *arena, Value number); /* plain decimal digits, no exponent */
bool value_to_i64(Value number, int64_t *out) CHECKED; /* false where not whole or too large */

/* ---- values for other programs ---- */
/* Plain JSON: a date is a text, a function is null, and what is not known is {"unknown":["a","b"]}. */
void text_json(Text *text, Value value);
/* JSON that tells the kinds: null, {"n":"1.50"}, {"s":"x"}, {"b":true}, {"d":"2026-10-26"}, {"t":"10:00:00Z"}, {"dt":…},
 * {"dur":"P1D"}, {"l":[…]}, {"c":{"key":…}}, {"range":"[1..2]"}; {"unknown":["a"]} as above. */
void text_typed(Text *text, Value value);
/* Reads it; {"unknown":…} is unknown under the name of the fact and its place in it, household[2].age. False where it is
 * none of these. A range is not read. */
bool value_of_typed(Arena *arena, const Json *json, Str fact, Value *value) CHECKED;

/* ---- rules ---- */
typedef struct Rule Rule;
typedef struct Model Model;                        /* of decisions, below */

/* NULL, and an error with line and column, when the text is no FEEL expression. `place` is where the text
 * begins in its file. */
const Rule *rule_parse(Arena *arena, Str text, Place place, Errors *errors) CHECKED;

/* One rule of several that all hold, or, where `holds` says so, do not: are false or null. Its text is empty. */
const Rule *rule_join(Arena *arena, const Rule *const *rules, const bool *holds, size_t count);

/* The rule with names that other rules define, by name; these may use each other. Each is worked out once, before the
 * rule, and what the rule names is then what it and they wait for. The rule itself where it uses none of them. None may
 * be defined by way of itself. */
const Rule *rule_with(Arena *arena, const Rule *rule, const Map *definitions);

Str rule_text(const Rule *rule);
/* The free names of the rule: every fact whose value could matter, each once, in order of appearance. In a filter a
 * name that is not bound around it counts, although it may turn out to be a member of the items. */
const Strs *rule_names(const Rule *rule);

/* Whether a fact must not have this name, because a rule would understand something else: a word of FEEL, a built-in
 * function, or more than one word. */
bool rules_name_is_taken(Arena *arena, Str name);

/* The table of built-in functions as Markdown: signature, what it gives, an example. */
void rules_reference(Text *out);
/* One function as text for the command line: its forms, what each gives, where the standard has it, and examples. False
 * where there is none of that name; the nearest one, perhaps empty, may be what was meant. */
bool rules_help(Text *out, Str name) CHECKED;
Str rules_nearest(Arena *arena, Str name);

/* Names to values. A name that is not in the scope is unknown under its own name, or null if the scope is closed.
 * The outermost scope may tell the time, which no pure module can know; without it now() and today() are unknown under
 * the names "now" and "today". */
typedef struct Scope {
    Map values;
    bool closed;
    const struct Scope *outer;                     /* asked next; may be NULL */
    Instant now;                                   /* of the outermost one; 0 where the time is not known */
    int offset_minutes;                            /* east of UTC, for now() and for which day is today() */
    struct LimitMet *limit;                        /* filled in when a limit is met; the innermost counts; may be NULL */
} Scope;

/* The limit that an evaluation met first, and where. */
typedef struct LimitMet {
    LimitKind kind;                                /* LIMIT_NONE: as long as none was met */
    Place place;                                   /* without a line where it is a function of the scope */
    Str text;                                      /* the expression */
} LimitMet;
void scope_set(Arena *arena, Scope *scope, Str name, Value value);

/* Reads a context, {seats: 20, open_fire: unknown}, into a scope. False with errors. */
bool scope_read(Arena *arena, Str context, Scope *scope, Errors *errors) CHECKED;
/* As rule_parse, and the names of the scope may be of several words. */
const Rule *rule_parse_in(Arena *arena, Str text, Place place, const Scope *scope, Errors *errors) CHECKED;

/* Never fails: what has no meaning is null, as FEEL says. Past a limit the whole is null, or unknown if a fact that is not
 * known came up on the way; scope->limit tells the two kinds of null apart. A full arena is a limit too.
 * At the worst it takes 3 MB of the stack.
 *
 * A list or a context may come out known in part: its length and its known items are sure, others are unknown.
 * An unknown result stays unknown until one of the facts it waits for is answered; so only those are worth asking. At
 * most 400 facts are named. */
Value rule_evaluate(Arena *arena, const Rule *rule, const Scope *scope);

/* ---- why ----
 * What was evaluated, and what for: an expression with its value, and the parts that decided it. At most 2,000 parts. */
typedef struct Explanation Explanation;
struct Explanation {
    Str text;                                      /* as written; of a decision its name, of a table's rule its number and notes */
    Value value;
    LimitKind limit;                               /* which was met in it, and in none of its parts */
    LIST(Explanation *) parts;
};
enum { EXPLANATION_MAX = 2000 };
const Explanation *rule_explain(Arena *arena, const Rule *rule, const Scope *scope);
void text_explanation(Text *text, const Explanation *explanation); /* a line each, parts two blanks further in */
/* {"text":…,"value":…,"because":[…]}, and "limit":… where one was met */
void json_explanation(Text *text, const Explanation *explanation);

/* ---- asking: what is decided, by which answers, and what to ask next ----------------------------------------------
 * Evaluating looks at a rule once and takes every fact for itself. Here the answers that facts can have are tried, so
 * that `a or not(a)` is decided too, wherever the tries can be counted: where facts have few values, or are only compared
 * with constants. Tries are bounded; past the bound a fact matters, and what is not known stays so.
 *
 *     const Subject *subject = subject_of_rule(arena, rule);
 *     while ((fact = subject_next(arena, subject, &scope, domains)).len)
 *         scope_set(arena, &scope, fact, ask(fact));
 */
typedef struct Subject Subject;
const Subject *subject_of_rule(Arena *arena, const Rule *rule);

/* Of a condition only whether it holds is of interest: false and null are one outcome. It is for these domains alone. */
const Subject *subject_of_condition(Arena *arena, const Rule *rule, const Map *domains);
/* Whether trying can find out no more than one look: then an unknown result waits for just the facts that matter. Most rules
 * of law are so; it is found out when the condition is made. */
bool subject_is_plain(const Subject *subject);

/* What a fact can be. Without a domain it can be anything, and is not tried. */
typedef struct Domain {
    ValueKind kind;
    LIST(Value) values;                            /* all there are, of a choice or a yes and no; else empty */
    Value least, most;                             /* of a number or date; null: no bound */
    bool whole;                                    /* of a number */
    bool optional;                                 /* it can be null */
} Domain;

/* What each fact seems to be, from what it is compared with: for whoever has no domains. A fact that seems a number may
 * turn out to be a text all the same, and then what was tried says nothing. */
Map subject_domains(Arena *arena, const Subject *subject);

/* `domains` is a map of facts to Domain, or NULL, in all of these. */
/* As rule_evaluate, and known too where every way of answering gives the very same. */
Value subject_decide(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains);
/* The facts whose answer can still change what is decided; none once it is. */
Strs subject_questions(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains);
/* The one of them that is expected to settle most; empty for none. */
Str subject_next(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains);

/* The sets of known facts each of which forces what is decided, whatever all others are: [[a, b]] both were needed,
 * [[a], [b]] either was enough. The smallest come first. No set where nothing is decided; one empty set where it always
 * comes out so. Of more than 12 facts only one set is told, from which nothing can be left out. */
typedef LIST(Strs) FactSets;
enum { REASONS_MAX = 16 };
FactSets subject_reasons(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains);

/* Which single answers would turn what is decided. */
typedef struct WhatIf {
    Str fact;
    Str test;                                      /* the answers that do, as a test: > 50, "north", (10..20) */
    Value value;                                   /* one of them */
    Value result;                                  /* what would be decided then */
} WhatIf;
typedef LIST(WhatIf) WhatIfs;
enum { WHAT_IF_MAX = 100 };
WhatIfs subject_what_if(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains);

/* Whether facts can be such that a condition holds (or, without `holds`, does not: it is false or null), and one way in
 * which they are. EXISTS_MAYBE where that cannot be told within the bounds. */
typedef enum Exists { EXISTS_NO, EXISTS_YES, EXISTS_MAYBE } Exists;
typedef struct FactValue {
    Str fact;
    Value value;
} FactValue;
typedef LIST(FactValue) FactValues;
Exists subject_find(Arena *arena, const Subject *subject, const Map *domains, bool holds, FactValues *answers);

/* ---- what stands in a rule ----
 * For checks of what somebody wrote, before anybody is asked. */
typedef struct Constant {
    Value value;
    Str type;                                      /* instead of a value: whatever is of this type */
    uint32_t kinds;                                /* of it, a bit for each ValueKind */
    Place place;                                   /* in a decision model: file and line; else none */
} Constant;
typedef LIST(Constant) Constants;
/* What the rule takes a fact for, or compares it with, although it can never be that. */
Constants rule_misfits(Arena *arena, const Rule *rule, Str fact, const Domain *domain);
/* What it can result in, as far as that stands in it: of `if a then 1 else b` 1, of a table its outputs. */
Constants rule_results(Arena *arena, const Rule *rule);

/* ---- decision models: DMN 1.1 to 1.5 ----
 * Read from XML and compiled into the same trees as rules. Requirements, business knowledge, decision services, imports,
 * item definitions, all boxed expressions and hit policies. A name in a decision that nothing in the model has is an
 * input as well: whoever draws a table alone draws no input data. */
typedef struct ModelSource {
    Str name;                                      /* of the file, for errors */
    Str xml;
} ModelSource;

/* The first source is the model; the others are what it may import, by namespace. NULL, and errors, where there is no
 * such model: XML that is broken or has a document type, something required that is not there, a circle, a name twice.
 * An expression that cannot be read is told as an error too, but then there is a model, and the expression is null:
 * whoever wants none of that looks at the errors. */
const Model *model_read(Arena *arena, const ModelSource *sources, size_t count, Errors *errors) CHECKED;
const Strs *model_decisions(const Model *model);   /* names, of the first source only */
const Strs *model_services(const Model *model);
const Strs *model_inputs(const Model *model);
/* Where an input stands, by what rule_of_decision calls it; of one that is not drawn, where it is named first. */
Place model_input_place(Arena *arena, const Model *model, Str input);

/* False where there is no decision or service of that name. Inputs are made to fit their types, or are null; one that is
 * not in the scope is unknown under its name (import.name for one of an imported model), or null if the scope is closed.
 * As with rules, what is called known no later answer can change, if it is of the type that the model tells. A service
 * takes its input data and input decisions from the scope. */
bool model_decide(Arena *arena, const Model *model, Str decision, const Scope *inputs, Value *result) CHECKED;
bool model_serve(Arena *arena, const Model *model, Str service, const Scope *inputs, Value *result) CHECKED;
/* The decision as a rule, for all that takes a rule; the rule names the inputs that it needs. `called` says by what
 * other name the rule calls an input: a map of const Str, or NULL. NULL where there is no decision of that name. */
const Rule *rule_of_decision(Arena *arena, const Model *model, Str decision, const Map *called);

/* ---- what is wrong with the decision tables of a model ----
 * Inputs that no rule is for, where one must be (no default output, and a hit policy for one result); rules that match
 * together and must not; rules that never match, or of FIRST never come first. One gap is told of each table. `domains` is a
 * map of inputs to Domain, or NULL: then a number may have decimals and a text may be any. `complete` is false where some
 * table could not be looked through, because its inputs are calculated or its cells look at each other. */
typedef enum TableFaultKind { TABLE_GAP, TABLE_OVERLAP, TABLE_DEAD_RULE } TableFaultKind;
typedef struct TableFault {
    TableFaultKind kind;
    Str decision;                                  /* or what else has the table */
    Place place;                                   /* file and line: of the rule; of a gap, of the decision */
    const struct Table *table;                     /* of no use outside */
    size_t rule, other;                            /* from 1; of an overlap the later and the earlier; of a gap 0 */
    Str example;                                   /* of a gap and an overlap: inputs that show it: building = "mixed", seats = 51 */
} TableFault;
typedef LIST(TableFault) TableFaults;
TableFaults model_faults(Arena *arena, const Model *model, const Map *domains, bool *complete);

#endif
