/* Decision tables: which rules match. Where there is an index, only those rules are gone through that it
 * leaves, and only the cells that it could not try. */
#include "rules/table.h"

/* False where an input surely is not among its allowed values: such a table has no result. */
static bool read_inputs(Evaluation *run, const Table *table, const Frame *frame, Value *inputs, const Strs **waiting)
{
    for (size_t i = 0; i < table->inputs.count; i++) {
        const TableInput *input = &table->inputs.at[i];
        inputs[i] = evaluate(run, input->expression, frame);
        if (!input->allowed)
            continue;
        Value holds = tests_hold(run, input->allowed, inputs[i], frame);
        if (value_is_false(holds))
            return false;
        *waiting = waiting_add(run->arena, *waiting, holds);
    }
    return !run->exhausted;
}

/* All cells of a row must hold; one that surely does not is enough against it. Those of some columns are done with. */
static Value rule_holds(Evaluation *run, const Table *table, const TableRule *rule, const Value *inputs,
                        const bool *done, const Frame *frame)
{
    Junction all = { .decisive = false };
    for (size_t i = 0; i < table->inputs.count && !all.decided; i++) {
        if (rule->cells[i].list.count == 0 || done[i])
            continue;
        Value holds = tests_hold(run, &rule->cells[i], inputs[i], frame);
        junction_add(run->arena, &all, value_is_false(holds) ? value_boolean(false) : holds);
    }
    return junction_value(&all);
}

/* False once no further rule can count. */
static bool match_rule(Evaluation *run, const Table *table, size_t index, const Value *inputs, const bool *done,
                       const Frame *frame, Hits *hits)
{
    const TableRule *rule = &table->rules.at[index];
    if (!evaluation_spend(run, 1))
        return false;
    Value holds = rule_holds(run, table, rule, inputs, done, frame);
    if (value_is_false(holds))
        return true;
    list_push(run->arena, hits, (Hit){ .rule = rule, .waiting = waiting_add(run->arena, NULL, holds) });
    return table->policy != HIT_FIRST || value_is_unknown(holds);
}

static void match_rules(Evaluation *run, const Table *table, const Value *inputs, const Frame *frame, Hits *hits)
{
    bool *done = arena_array(run->arena, bool, table->inputs.count);
    bool more = true;
    if (!table->index) {
        for (size_t i = 0; more && i < table->rules.count; i++)
            more = match_rule(run, table, i, inputs, done, frame, hits);
        return;
    }
    const uint64_t *set = table_index_match(run->arena, table, inputs, done);
    for (size_t word = 0; more && word * 64 < table->rules.count; word++)
        for (uint64_t rest = set[word]; more && rest; rest &= rest - 1)
            more = match_rule(run, table, word * 64 + (size_t)__builtin_ctzll(rest), inputs, done, frame, hits);
}

Value evaluate_table(Evaluation *run, const Node *node, const Frame *frame)
{
    const Table *table = node->table;
    Value *inputs = arena_array(run->arena, Value, table->inputs.count);
    const Strs *waiting = NULL;
    Hits hits = { 0 };
    if (!read_inputs(run, table, frame, inputs, &waiting))
        return value_null();
    match_rules(run, table, inputs, frame, &hits);
    Value result = hits_decide(run, table, &hits, frame);
    if (run->exhausted || !waiting || result.kind == VALUE_NULL)
        return result;
    /* An input may still turn out not to be allowed, and then the result is null. */
    return evaluation_spend(run, value_weight(result)) ? value_waiting(waiting_inside(run->arena, waiting, result))
                                                       : value_null();
}
