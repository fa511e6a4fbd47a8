/* What conditions say, remembered from pass to pass: each is decided again only when one more of its facts is known. */
#include "plan/graph.h"

static Finding *finding_place(const Findings *findings, const Subject *subject)
{
    size_t place = ((uintptr_t)subject / sizeof(void *)) * 0x9E3779B1u & (findings->room - 1);
    while (findings->at[place].subject && findings->at[place].subject != subject)
        place = (place + 1) & (findings->room - 1);
    return &findings->at[place];
}

static void findings_grow(Arena *arena, Findings *findings)
{
    const Findings before = *findings;
    findings->room = before.room ? before.room * 2 : 128;
    findings->at = arena_array(arena, Finding, findings->room);
    for (size_t i = 0; i < before.room; i++)
        if (before.at[i].subject)
            *finding_place(findings, before.at[i].subject) = before.at[i];
}

/* Whether one of the rule's names is among the facts that came since. */
static bool is_touched(const Rule *rule, const Scope *asked, size_t since)
{
    const Strs *names = rule_names(rule);
    for (size_t i = since; i < asked->values.entries.count; i++)
        if (strs_has(names, asked->values.entries.at[i].key))
            return true;
    return false;
}

static Finding *finding_of(Graph *graph, const Condition *condition)
{
    Findings *findings = graph->findings;
    if (findings->count * 2 >= findings->room)
        findings_grow(graph->arena, findings);
    Finding *finding = finding_place(findings, condition->subject);
    const size_t asked = graph->asked->values.entries.count;
    if (finding->subject && (finding->asked == asked || !value_is_unknown(finding->value)))
        return finding;
    if (!finding->subject || is_touched(condition->parsed, graph->asked, finding->asked)) {
        findings->count += !finding->subject;
        *finding = (Finding){ .subject = condition->subject };
        finding->value = subject_decide(graph->arena, condition->subject, graph->asked, &graph->pack->domains);
    }
    finding->asked = asked;
    return finding;
}

Value graph_value(Graph *graph, const Condition *rule)
{
    const Value value = finding_of(graph, rule)->value;
    graph->undecided |= value_is_unknown(value);
    return value;
}

Certainty graph_decides(Graph *graph, const Condition *condition)
{
    if (!condition->parsed)
        return CERTAIN_YES;
    const Value value = graph_value(graph, condition);
    return value_is_unknown(value) ? POSSIBLE : value_is_true(value) ? CERTAIN_YES : CERTAIN_NO;
}

const Strs *graph_questions(Graph *graph, const Condition *condition)
{
    Finding *finding = finding_of(graph, condition);
    if (subject_is_plain(finding->subject))
        return value_is_unknown(finding->value) ? finding->value.waiting : &finding->questions;
    if (!finding->questioned)
        finding->questions = subject_questions(graph->arena, condition->subject, graph->asked, &graph->pack->domains);
    finding->questioned = true;
    return &finding->questions;
}
