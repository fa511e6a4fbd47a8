/* Questions: which facts can still change what is decided, and which of them settles most. */
#include "rules/inquiry.h"

/* ---- which matter ---- */

/* Whether the scopes, which differ in one fact alone, can come out differently: now, or once another fact is answered
 * in all of them alike. Where that cannot be told, they can. */
static bool can_differ(Inquiry *inquiry, const Scope *scopes, size_t count);

/* Once another fact is answered in all of them alike. */
static bool can_differ_with(Inquiry *inquiry, const Scope *scopes, size_t count, const FactCases *known)
{
    bool differ = known == NULL;
    for (size_t i = 0; known && i < known->cases.count && !differ; i++) {
        const ArenaMark mark = arena_mark(inquiry->scratch);
        Scope *with = arena_array(inquiry->scratch, Scope, count);
        for (size_t j = 0; j < count; j++)
            with[j] = scope_answered(inquiry->scratch, &scopes[j], known->fact, known->cases.at[i].value);
        differ = can_differ(inquiry, with, count);
        arena_rewind(inquiry->scratch, mark);
    }
    return differ;
}

static bool can_differ(Inquiry *inquiry, const Scope *scopes, size_t count)
{
    const FactCases *known = NULL;
    bool waits = false, any = false, differ = false;
    Str first = STR_NONE;
    if (inquiry->tries + count > TRIES_MAX || arena_is_full(inquiry->arena))
        return true;
    const ArenaMark before = arena_mark(inquiry->scratch);
    for (size_t i = 0; i < count && !differ; i++) {
        const ArenaMark mark = arena_mark(inquiry->scratch);
        Outcome outcome = inquiry_try(inquiry, &scopes[i]);
        if (outcome.waiting && !waits)
            known = inquiry_cases(inquiry, outcome.waiting->at[0]);
        waits = waits || outcome.waiting;
        differ = outcome.unclear || (!outcome.waiting && any && !str_equal(first, outcome.text));
        if (!outcome.waiting && !any) {
            first = outcome.text; /* kept, for the others to be compared with */
            any = true;
        } else {
            arena_rewind(inquiry->scratch, mark);
        }
    }
    arena_rewind(inquiry->scratch, before);
    return differ || (waits && can_differ_with(inquiry, scopes, count, known));
}

static bool matters(Inquiry *inquiry, const Scope *scope, Str fact)
{
    const FactCases *known = inquiry_cases(inquiry, fact);
    if (!known)
        return true;
    const ArenaMark mark = arena_mark(inquiry->scratch);
    Scope *with = arena_array(inquiry->scratch, Scope, known->cases.count);
    for (size_t i = 0; i < known->cases.count; i++)
        with[i] = scope_answered(inquiry->scratch, scope, fact, known->cases.at[i].value);
    inquiry->tries = 0;
    bool differ = can_differ(inquiry, with, known->cases.count);
    arena_rewind(inquiry->scratch, mark);
    return differ;
}

static bool is_known(const Scope *scope, Str fact)
{
    for (; scope; scope = scope->outer) {
        const Value *value = map_get(&scope->values, fact);
        if (value)
            return !value_is_unknown(*value);
    }
    return false;
}

static void keep_mattering(Inquiry *inquiry, const Scope *scope, const Strs *facts, Strs *kept)
{
    for (size_t i = 0; i < facts->count; i++)
        if (!is_known(scope, facts->at[i]) && !strs_has(kept, facts->at[i]) && matters(inquiry, scope, facts->at[i]))
            list_push(inquiry->arena, kept, str_copy(inquiry->arena, facts->at[i]));
}

/* The facts that are waited for; and where none of them alone makes a difference, the others that the rule names. */
static Strs mattering(Inquiry *inquiry, const Scope *scope)
{
    Strs kept = { 0 };
    Outcome outcome = inquiry_try(inquiry, scope);
    if (!outcome.waiting)
        return kept;
    keep_mattering(inquiry, scope, outcome.waiting, &kept);
    if (kept.count == 0)
        keep_mattering(inquiry, scope, &inquiry->subject->names, &kept);
    return kept;
}

Strs subject_questions(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains)
{
    if (subject->plain) {
        const Value value = rule_evaluate(arena, subject->rule, scope);
        return value_is_unknown(value) ? *value.waiting : (Strs){ 0 };
    }
    Inquiry inquiry = inquiry_begin(arena, subject, domains);
    Strs facts = mattering(&inquiry, scope);
    inquiry_end(&inquiry);
    return facts;
}

/* ---- which settles most ---- */

typedef struct Promise {
    double settled; /* the share of its answers that decide */
    double left;    /* how many facts are waited for afterwards, on average */
} Promise;

static Promise promise_of(Inquiry *inquiry, const Scope *scope, Str fact, size_t open)
{
    const FactCases *known = inquiry_cases(inquiry, fact);
    Promise promise = { 0, (double)open };
    if (!known)
        return promise;
    size_t settled = 0, left = 0;
    for (size_t i = 0; i < known->cases.count; i++) {
        Str text;
        const ArenaMark mark = arena_mark(inquiry->scratch);
        Scope with = scope_answered(inquiry->scratch, scope, fact, known->cases.at[i].value);
        inquiry->tries = 0;
        Outcome now = inquiry_try(inquiry, &with);
        if (!now.waiting || inquiry_settles(inquiry, &with, &text))
            settled += !now.unclear;
        else
            left += now.waiting->count;
        arena_rewind(inquiry->scratch, mark);
    }
    promise.settled = (double)settled / (double)known->cases.count;
    promise.left = (double)left / (double)known->cases.count;
    return promise;
}

Str subject_next(Arena *arena, const Subject *subject, const Scope *scope, const Map *domains)
{
    Inquiry inquiry = inquiry_begin(arena, subject, domains);
    Strs facts = mattering(&inquiry, scope);
    Str best = facts.count ? facts.at[0] : STR_NONE;
    Promise most = { -1, 0 };
    for (size_t i = 0; facts.count > 1 && i < facts.count; i++) {
        Promise promise = promise_of(&inquiry, scope, facts.at[i], facts.count);
        if (promise.settled > most.settled || (promise.settled == most.settled && promise.left < most.left)) {
            most = promise;
            best = facts.at[i];
        }
    }
    inquiry_end(&inquiry);
    return best;
}
