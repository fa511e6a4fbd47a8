/* Hit policies: what a table makes of the rules that match, and of those that may. DMN 1.5, 8.2.10.
 *
 * For policies that give one output, every output that can still be the result is a candidate, and so is "no rule
 * matches" or "too many match" where that can still be. Only where all candidates are the very same, it is known.
 * Tried and left: of rules that may match, which exclude each other by their cells, so that they cannot match both. A
 * rule that surely matches has no cell left that could exclude another; and where none does, "no rule matches" is
 * mostly a candidate besides. To leave "too many match" out altogether called 910 situations of
 * tests/unit/rules_strength.c more known, 905 of them wrongly: there is next to nothing to find. */
#include "rules/explain.h"
#include "rules/table.h"

/* ---- outputs ---- */

static bool is_single(const Table *table)
{
    return table->outputs.count == 1;
}

static Value whole_output(Evaluation *run, const Table *table, const Value *parts)
{
    if (is_single(table))
        return parts[0];
    ContextEntry *entries = arena_array(run->arena, ContextEntry, table->outputs.count);
    for (size_t i = 0; i < table->outputs.count; i++)
        entries[i] = (ContextEntry){ table->outputs.at[i].name, parts[i] };
    return value_context(run->arena, entries, table->outputs.count);
}

static Value default_output(Evaluation *run, const Table *table, const Frame *frame)
{
    bool any = false;
    Value *parts = arena_array(run->arena, Value, table->outputs.count);
    for (size_t i = 0; i < table->outputs.count; i++) {
        const Node *otherwise = table->outputs.at[i].otherwise;
        any = any || otherwise;
        parts[i] = otherwise ? evaluate(run, otherwise, frame) : value_null();
    }
    return any ? whole_output(run, table, parts) : value_null();
}

static bool has_default(const Table *table)
{
    for (size_t i = 0; i < table->outputs.count; i++)
        if (table->outputs.at[i].otherwise)
            return true;
    return false;
}

/* How far down a value stands in the list of output values; past its end where it is not in it. Unknown adds to
 * `waiting`. */
static size_t rank_of(Evaluation *run, const Tests *values, Value value, const Frame *frame, const Strs **waiting)
{
    for (size_t i = 0; i < values->list.count; i++) {
        Tests one = { .list = { .at = &values->list.at[i], .count = 1 } };
        Value holds = tests_hold(run, &one, value, frame);
        *waiting = waiting_add(run->arena, *waiting, holds);
        if (value_is_true(holds))
            return i;
    }
    return values->list.count;
}

static void work_out(Evaluation *run, const Table *table, Hit *hit, const Frame *frame, const Strs **unranked)
{
    bool ordered = table->policy == HIT_PRIORITY || table->policy == HIT_OUTPUT_ORDER;
    Value *parts = arena_array(run->arena, Value, table->outputs.count);
    size_t *ranks = ordered ? arena_array(run->arena, size_t, table->outputs.count) : NULL;
    for (size_t i = 0; i < table->outputs.count; i++) {
        const Tests *values = table->outputs.at[i].values;
        parts[i] = evaluate(run, hit->rule->outputs[i], frame);
        if (ordered && values)
            ranks[i] = rank_of(run, values, parts[i], frame, unranked);
    }
    hit->output = whole_output(run, table, parts);
    hit->ranks = ranks;
}

/* ---- order ---- */

static bool stands_before(const Table *table, const Hit *one, const Hit *other)
{
    for (size_t i = 0; i < table->outputs.count; i++)
        if (one->ranks[i] != other->ranks[i])
            return one->ranks[i] < other->ranks[i];
    return false;
}

/* By rank, and rules of one rank as they stand in the table. */
static void sort_hits(Evaluation *run, const Table *table, Hits *hits)
{
    for (size_t i = 1; i < hits->count; i++) {
        Hit moved = hits->at[i];
        size_t to = i;
        while (to > 0 && stands_before(table, &moved, &hits->at[to - 1])) {
            hits->at[to] = hits->at[to - 1];
            to--;
        }
        hits->at[to] = moved;
        if (!evaluation_spend(run, (i - to) / 8 + 1))
            return;
    }
}

/* ---- candidates ---- */

typedef struct Candidates {
    bool any, differ;
    Value value;
    const Strs *waiting;
} Candidates;

static void add_candidate(Evaluation *run, Candidates *candidates, Value value)
{
    if (!evaluation_spend(run, value_weight(value)))
        return;
    if (!candidates->any)
        candidates->value = value;
    else if (!values_same(candidates->value, value))
        candidates->differ = true;
    candidates->any = true;
    candidates->waiting = waiting_inside(run->arena, candidates->waiting, value);
}

/* A rule that may match, or surely does. */
static void add_hit(Evaluation *run, Candidates *candidates, const Hit *hit)
{
    candidates->waiting = waiting_union(run->arena, candidates->waiting, hit->waiting);
    add_candidate(run, candidates, hit->output);
}

static Value decided(const Candidates *candidates)
{
    return candidates->differ && candidates->waiting ? value_waiting(candidates->waiting) : candidates->value;
}

static size_t count_sure(const Hits *hits)
{
    size_t sure = 0;
    for (size_t i = 0; i < hits->count; i++)
        sure += hits->at[i].waiting == NULL;
    return sure;
}

/* The first in order that matches: those that may, up to the first that surely does. */
static Value decide_first(Evaluation *run, const Table *table, const Hits *hits, const Frame *frame)
{
    Candidates candidates = { 0 };
    for (size_t i = 0; i < hits->count; i++) {
        add_hit(run, &candidates, &hits->at[i]);
        if (!hits->at[i].waiting)
            return decided(&candidates);
    }
    add_candidate(run, &candidates, default_output(run, table, frame));
    return decided(&candidates);
}

/* Two rules that match are a fault of the table, and then there is no result. */
static Value decide_unique(Evaluation *run, const Table *table, const Hits *hits, const Frame *frame)
{
    Candidates candidates = { 0 };
    size_t sure = count_sure(hits);
    if (sure > 1)
        return value_null();
    for (size_t i = 0; i < hits->count; i++) {
        if (sure == 0 || !hits->at[i].waiting)
            add_hit(run, &candidates, &hits->at[i]);
        else
            candidates.waiting = waiting_union(run->arena, candidates.waiting, hits->at[i].waiting);
    }
    if (sure == 0)
        add_candidate(run, &candidates, default_output(run, table, frame));
    if (hits->count > 1)
        add_candidate(run, &candidates, value_null());
    return decided(&candidates);
}

/* Whether the outputs of the rules that surely match are equal. */
static Value sure_outputs_equal(Evaluation *run, const Hits *hits)
{
    Junction all = { .decisive = false };
    const Hit *first = NULL;
    for (size_t i = 0; i < hits->count && !all.decided; i++) {
        const Hit *hit = &hits->at[i];
        if (hit->waiting)
            continue;
        if (!first)
            first = hit;
        else if (evaluation_spend_values(run, first->output, hit->output))
            junction_add(run->arena, &all, values_equal(run->arena, first->output, hit->output));
    }
    return junction_value(&all);
}

static Value decide_any(Evaluation *run, const Table *table, const Hits *hits, const Frame *frame)
{
    Candidates candidates = { 0 };
    Value equal = sure_outputs_equal(run, hits);
    size_t sure = count_sure(hits);
    if (value_is_false(equal))
        return value_null();
    candidates.waiting = waiting_add(run->arena, NULL, equal);
    if (sure == hits->count && hits->count && !value_is_unknown(equal))
        return hits->at[0].output; /* equal, if not digit for digit */
    for (size_t i = 0; i < hits->count; i++)
        add_hit(run, &candidates, &hits->at[i]);
    if (sure == 0)
        add_candidate(run, &candidates, default_output(run, table, frame));
    return decided(&candidates);
}

/* ---- several outputs ---- */

static Value output_list(Evaluation *run, const Hits *hits, bool also_possible)
{
    Values outputs = { 0 };
    for (size_t i = 0; i < hits->count && evaluation_spend(run, 1); i++)
        if (also_possible || !hits->at[i].waiting)
            list_push(run->arena, &outputs, hits->at[i].output);
    return value_of_items(run->arena, outputs);
}

static Value aggregate(Evaluation *run, const Table *table, Value list)
{
    static const char *const FUNCTIONS[] = {
#define X(name, word, function) function,
        AGGREGATIONS(X)
#undef X
    };
    if (table->aggregation == AGGREGATION_NONE)
        return list;
    const Builtin *function = builtin_named(str_from(FUNCTIONS[table->aggregation]));
    must(function);
    return builtin_call(run, function, &list, 1, false);
}

/* No rule surely matches, and none may. */
static Value empty_result(Evaluation *run, const Table *table, const Frame *frame)
{
    if (has_default(table))
        return default_output(run, table, frame);
    if (table->aggregation == AGGREGATION_COUNT)
        return value_i64(run->arena, 0);
    bool collects = table->policy == HIT_COLLECT && table->aggregation == AGGREGATION_NONE;
    return collects ? value_of_items(run->arena, (Values){ 0 }) : value_null();
}

/* What may be left out, or not: least and greatest can be the same with all of them and with none, and then with any
 * of them. Everything else differs by each one. */
static Value possible_result(Evaluation *run, const Table *table, const Hits *hits, size_t sure)
{
    const Strs *waiting = NULL;
    if (sure && (table->aggregation == AGGREGATION_MIN || table->aggregation == AGGREGATION_MAX)) {
        Value without = aggregate(run, table, output_list(run, hits, false));
        Value with = aggregate(run, table, output_list(run, hits, true));
        if (without.kind != VALUE_NULL && !value_is_unknown(without) && values_same(without, with))
            return without;
    }
    for (size_t i = 0; i < hits->count && evaluation_spend(run, value_weight(hits->at[i].output)); i++) {
        waiting = waiting_union(run->arena, waiting, hits->at[i].waiting);
        waiting = waiting_inside(run->arena, waiting, hits->at[i].output);
    }
    return waiting ? value_waiting(waiting) : value_null();
}

static Value decide_several(Evaluation *run, const Table *table, const Hits *hits, const Frame *frame)
{
    size_t sure = count_sure(hits);
    if (hits->count == 0)
        return empty_result(run, table, frame);
    if (sure < hits->count)
        return possible_result(run, table, hits, sure);
    return aggregate(run, table, output_list(run, hits, false));
}

/* ---- by policy ---- */

static Value unranked_result(Evaluation *run, const Hits *hits, const Strs *waiting)
{
    for (size_t i = 0; i < hits->count && evaluation_spend(run, value_weight(hits->at[i].output)); i++) {
        waiting = waiting_union(run->arena, waiting, hits->at[i].waiting);
        waiting = waiting_inside(run->arena, waiting, hits->at[i].output);
    }
    return value_waiting(waiting);
}

Value hits_decide(Evaluation *run, const Table *table, Hits *hits, const Frame *frame)
{
    const Strs *unranked = NULL;
    for (size_t i = 0; i < hits->count && !run->exhausted; i++)
        work_out(run, table, &hits->at[i], frame, &unranked);
    for (size_t i = 0; run->trace && i < hits->count; i++)
        if (!hits->at[i].waiting)
            trace_rule(run, hits->at[i].rule, (size_t)(hits->at[i].rule - table->rules.at) + 1, hits->at[i].output);
    if (run->exhausted)
        return value_null();
    if (unranked && hits->count > 1)
        return unranked_result(run, hits, unranked);
    switch (table->policy) {
    case HIT_UNIQUE:
        return decide_unique(run, table, hits, frame);
    case HIT_ANY:
        return decide_any(run, table, hits, frame);
    case HIT_PRIORITY:
        sort_hits(run, table, hits);
        return decide_first(run, table, hits, frame);
    case HIT_FIRST:
        return decide_first(run, table, hits, frame);
    case HIT_OUTPUT_ORDER:
        sort_hits(run, table, hits);
        return decide_several(run, table, hits, frame);
    case HIT_RULE_ORDER:
    case HIT_COLLECT:
        return decide_several(run, table, hits, frame);
    }
    return value_null();
}
