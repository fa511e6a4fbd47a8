/* Explanations: gathered while evaluating, so that they tell what was done and not what might have been. */
#include "rules/explain.h"
#include "rules/model.h"
#include "rules/table.h"

/* ---- gathering ---- */

Explanation *trace_begin(Evaluation *run, Str text, Explanation **outer)
{
    Explanation *part = arena_new(run->arena, Explanation);
    part->text = text;
    *outer = run->trace->open;
    run->trace->open = part;
    run->trace->count++;
    return part;
}

void trace_end(Evaluation *run, Explanation *part, Explanation *outer, Value value)
{
    LimitKind limit = run->exhausted ? run->exhausted : value_limit(value);
    part->value = limit ? value_null() : value;
    part->limit = run->trace->limited ? LIMIT_NONE : limit;
    run->trace->limited = limit != LIMIT_NONE;
    run->trace->open = outer;
    list_push(run->arena, &outer->parts, part);
}

Explanation *trace_aside(Evaluation *run, Explanation *aside)
{
    Explanation *outer = run->trace->open;
    run->trace->open = aside;
    return outer;
}

void trace_back(Evaluation *run, Explanation *outer)
{
    run->trace->open = outer;
}

/* Once, where the name is used first. */
static void tell_name(Evaluation *run, const Node *name, Explanation *part)
{
    Explanation *told = name->name.local ? NULL : map_get(&run->trace->told, name->name.text);
    if (!told || told->parts.count == 0)
        return;
    part->parts.at = told->parts.at;
    part->parts.count = told->parts.count;
    part->parts.room = told->parts.room;
    *told = (Explanation){ 0 };
}

/* Of a row of conditions: the parts that decided it, or those that it waits for. */
static void keep_deciding(Explanation *part, Value value)
{
    size_t kept = 0;
    for (size_t i = 0; i < part->parts.count; i++) {
        Value one = part->parts.at[i]->value;
        bool decides =
            value_is_unknown(value) ? value_is_unknown(one) : one.kind == value.kind && values_same(one, value);
        if (decides)
            part->parts.at[kept++] = part->parts.at[i];
    }
    if (kept)
        part->parts.count = kept;
}

Value trace_node(Evaluation *run, const Node *node, const Frame *frame)
{
    Explanation *outer;
    bool told = node->text.len && node->kind != NODE_LITERAL && run->trace->count < EXPLANATION_MAX;
    if (!told || str_equal(node->text, run->trace->open->text))
        return evaluate_node(run, node, frame);
    Explanation *part = trace_begin(run, node->text, &outer);
    Value value = evaluate_node(run, node, frame);
    trace_end(run, part, outer, value);
    if (node->kind == NODE_NAME)
        tell_name(run, node, part);
    if (node->kind == NODE_AND || node->kind == NODE_OR)
        keep_deciding(part, value);
    return value;
}

void trace_rule(Evaluation *run, const TableRule *rule, size_t number, Value output)
{
    Explanation *outer;
    Text text = text_begin(run->arena, SIZE_MAX);
    bool first = true;
    if (run->trace->count >= EXPLANATION_MAX)
        return;
    text_printf(&text, "rule %zu", number);
    for (size_t i = 0; i < rule->annotations.count; i++)
        if (rule->annotations.at[i].len) {
            text_printf(&text, "%s%.*s", first ? ": " : "; ", STR_ARGS(rule->annotations.at[i]));
            first = false;
        }
    Explanation *part = trace_begin(run, text_str(&text), &outer);
    trace_end(run, part, outer, output);
}

/* ---- the whole ---- */

const Explanation *rule_explain(Arena *arena, const Rule *rule, const Scope *scope)
{
    Explanation whole = { 0 };
    Trace trace = { .open = &whole };
    Evaluation run = evaluation_begin(arena, scope);
    run.trace = &trace;
    Value value = evaluate(&run, rule->root, NULL);
    limit_note(&run, scope, rule->text, rule->place);
    if (whole.parts.count == 0) /* a literal */
        list_push(arena, &whole.parts, arena_new(arena, Explanation));
    Explanation *first = whole.parts.at[0];
    first->text = rule->text;
    first->value = evaluation_end(&run, value);
    return first;
}

/* ---- telling ---- */

static void put_lines(Text *text, const Explanation *part, int depth)
{
    for (int i = 0; i < depth; i++)
        text_put(text, S("  "));
    for (size_t i = 0; i < part->text.len; i++) /* on one line */
        text_char(text, part->text.data[i] == '\n' ? ' ' : part->text.data[i]);
    text_put(text, S(" = "));
    text_value(text, part->value);
    if (part->limit)
        text_printf(text, " (%.*s)", STR_ARGS(limit_text(text->arena, part->limit)));
    text_char(text, '\n');
    for (size_t i = 0; i < part->parts.count; i++)
        put_lines(text, part->parts.at[i], depth + 1);
}

void text_explanation(Text *text, const Explanation *explanation)
{
    put_lines(text, explanation, 0);
}

void json_explanation(Text *text, const Explanation *explanation)
{
    text_put(text, S("{\"text\":"));
    json_put(text, explanation->text);
    text_put(text, S(",\"value\":"));
    text_json(text, explanation->value);
    if (explanation->limit) {
        text_put(text, S(",\"limit\":"));
        json_put(text, limit_text(text->arena, explanation->limit));
    }
    text_put(text, S(",\"because\":["));
    for (size_t i = 0; i < explanation->parts.count; i++) {
        if (i)
            text_char(text, ',');
        json_explanation(text, explanation->parts.at[i]);
    }
    text_put(text, S("]}"));
}
