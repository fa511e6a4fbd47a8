/* One pass over the graph: from the event's goals down to what a person must bring, deciding each condition with what has been
 * asked, and noting what undecided ones wait for.
 *
 * Of the facts that an undecided rule waits for, only the one that comes first in the event's order is wanted: the
 * others may never matter once it is answered. Sources are tried in the order of burden: what government holds, what another
 * service of the plan gives, what the applicant may simply declare, what must be brought. Taking the first is exact for
 * a single kind of evidence; among alternatives it compares sources only. */
#include "plan/walk.h"

typedef struct Found {
    Source source;
    const Service *giver;
} Found;

static void need_service(Walk *walk, const Service *service, Certainty how);

size_t walk_index(const Walk *walk, const Service *service)
{
    for (size_t i = 0; i < walk->pack->services.count; i++)
        if (walk->pack->services.at[i] == service)
            return i;
    must(!"a service of this pack");
    return 0;
}

size_t fact_rank(const Event *event, Str fact)
{
    size_t rank = 0;
    for (size_t s = 0; s < event->sections.count; s++)
        for (size_t f = 0; f < event->sections.at[s].asks.count; f++, rank++)
            if (str_equal(event->sections.at[s].asks.at[f]->id, fact))
                return rank;
    return SIZE_MAX;
}

/* Notes that a rule waits for these facts. */
static void want(Walk *walk, const Strs *waiting)
{
    const Str *first = NULL;
    for (size_t i = 0; i < waiting->count; i++) {
        strs_add_once(walk->arena, &walk->open, waiting->at[i]);
        if (!first || fact_rank(walk->event, waiting->at[i]) < fact_rank(walk->event, *first))
            first = &waiting->at[i];
    }
    if (first && !walk->quiet)
        strs_add_once(walk->arena, &walk->wants, *first);
}

static void want_fact(Walk *walk, const Fact *fact)
{
    if (map_get(&walk->asked->values, fact->id))
        return;
    Strs one = { 0 };
    list_push(walk->arena, &one, fact->id);
    want(walk, &one);
}

/* ---- conditions ---- */

static Finding *finding_place(const Findings *findings, const Rule *rule)
{
    size_t place = ((uintptr_t)rule / sizeof(void *)) * 0x9E3779B1u & (findings->room - 1);
    while (findings->at[place].rule && findings->at[place].rule != rule)
        place = (place + 1) & (findings->room - 1);
    return &findings->at[place];
}

static void findings_grow(Arena *arena, Findings *findings)
{
    const Findings before = *findings;
    findings->room = before.room ? before.room * 2 : 128;
    findings->at = arena_array(arena, Finding, findings->room);
    for (size_t i = 0; i < before.room; i++)
        if (before.at[i].rule)
            *finding_place(findings, before.at[i].rule) = before.at[i];
}

static size_t names_asked(const Rule *rule, const Scope *asked)
{
    const Strs *names = rule_names(rule);
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++)
        count += map_get(&asked->values, names->at[i]) != NULL;
    return count;
}

/* What the rule says of the facts asked so far: evaluated when that can have changed since it was evaluated last. */
static Finding *finding_of(Walk *walk, const Rule *rule)
{
    Findings *findings = walk->findings;
    if (findings->count * 2 >= findings->room)
        findings_grow(walk->arena, findings);
    Finding *finding = finding_place(findings, rule);
    const size_t asked = walk->asked->values.entries.count;
    if (finding->rule && (finding->asked == asked || !value_is_unknown(finding->value)))
        return finding;
    const size_t names = names_asked(rule, walk->asked);
    if (!finding->rule || finding->names != names) {
        findings->count += !finding->rule;
        finding->rule = rule;
        finding->names = names;
        finding->value = rule_evaluate(walk->arena, rule, walk->asked);
    }
    finding->asked = asked;
    finding->wanted = false;
    return finding;
}

/* Does it hold? `how` bounds the answer: what is only possible cannot become certain by a condition that holds. */
static Certainty holds(Walk *walk, const Condition *condition, const Scope *facts, Certainty how)
{
    if (!condition->parsed)
        return how;
    /* With a member's own facts in scope it is another question each time. */
    Finding passing = { 0 }, *finding = &passing;
    if (facts == walk->asked)
        finding = finding_of(walk, condition->parsed);
    else
        passing.value = rule_evaluate(walk->arena, condition->parsed, facts);
    if (value_is_unknown(finding->value)) {
        if (how == CERTAIN_YES && !finding->wanted)
            want(walk, finding->value.waiting);
        finding->wanted |= how == CERTAIN_YES;
        return POSSIBLE;
    }
    return value_is_true(finding->value) ? how : CERTAIN_NO;
}

/* Where evidence of this type comes from. A condition under which it is held guards its holder: without the condition, what a
 * holder has is always held; while the condition is open, a service that can give it comes first. */
static Found find_source(Walk *walk, const EvidenceType *type, Certainty how)
{
    Certainty held = type->held.parsed ? holds(walk, &type->held, walk->asked, how) : CERTAIN_NO;
    if (held != CERTAIN_NO && held == how)
        return (Found){ SOURCE_HELD, NULL };
    const Service *giver = pack_giver(walk->pack, type);
    if (giver) {
        Certainty needed = holds(walk, &giver->when, walk->asked, how);
        if (needed != CERTAIN_NO)
            return (Found){ SOURCE_GIVEN, giver };
        walk->skipped[walk_index(walk, giver)] = true;
    }
    if (held == POSSIBLE || (type->holder && !type->held.parsed))
        return (Found){ SOURCE_HELD, NULL };
    if (type->declares.in[0].len)
        return (Found){ SOURCE_DECLARED, NULL };
    return (Found){ type->upload ? SOURCE_UPLOAD : SOURCE_NOBODY, NULL };
}

static int burden(Source source)
{
    switch (source) {
    case SOURCE_HELD:
        return 0;
    case SOURCE_DECLARED:
        return 1;
    case SOURCE_GIVEN:
        return 2;
    case SOURCE_UPLOAD:
        return 3;
    case SOURCE_NOBODY:
        break;
    }
    return 4;
}

static Str slot_id(Walk *walk, const Need *need, Str member)
{
    Text id = text_begin(walk->arena, 4096);
    for (size_t i = 0; i < need->any.count; i++) {
        if (i)
            text_char(&id, '|');
        text_put(&id, need->any.at[i]->id);
    }
    if (member.len) {
        text_char(&id, ':');
        text_put(&id, member);
    }
    return text_str(&id);
}

static void add_slot(Walk *walk, const Service *service, const Need *need, const EvidenceType *type, Found found, Value member)
{
    Value identity = value_get(member, S("id"));
    Str member_id = identity.kind == VALUE_STRING ? identity.string : STR_NONE;
    Str id = slot_id(walk, need, member_id);
    for (size_t i = 0; i < walk->slots.count; i++) {
        Slot *slot = &walk->slots.at[i];
        if (!str_equal(slot->id, id))
            continue;
        /* Needed at once by one service, it is needed at once. */
        if (!need->later.amount)
            slot->later = (Period){ 0 };
        for (size_t u = 0; u < slot->users.count; u++)
            if (slot->users.at[u] == service)
                return;
        list_push(walk->arena, &slot->users, service);
        return;
    }
    Slot *slot = list_add(walk->arena, &walk->slots);
    slot->id = id;
    slot->need = need;
    slot->type = type;
    slot->source = found.source;
    slot->giver = found.giver;
    slot->later = need->later;
    slot->member = member_id;
    if (member_id.len && need->each->fields.count) {
        Value name = value_get(member, need->each->fields.at[0]->id);
        slot->member_name = name.kind == VALUE_STRING ? name.string : STR_NONE;
    }
    list_push(walk->arena, &slot->users, service);
}

/* The alternative that government holds whatever the answers are; NULL when there is none. */
static const EvidenceType *held_anyway(const Walk *walk, const Need *need)
{
    for (size_t i = 0; i < need->any.count; i++) {
        const EvidenceType *type = need->any.at[i];
        if (type->holder && !type->held.parsed && !pack_giver(walk->pack, type))
            return type;
    }
    return NULL;
}

/* Fills one place for evidence from its least burdensome source. Where one of the alternatives is held, nothing is asked about the
 * others. */
static void fill(Walk *walk, const Service *service, const Need *need, Certainty how, Value member)
{
    const EvidenceType *best = held_anyway(walk, need);
    Found found = { best ? SOURCE_HELD : SOURCE_NOBODY, NULL };
    for (size_t i = 0; i < need->any.count && found.source != SOURCE_HELD; i++) {
        Found other = find_source(walk, need->any.at[i], how);
        if (!best || burden(other.source) < burden(found.source)) {
            best = need->any.at[i];
            found = other;
        }
    }
    must(best != NULL);
    if (found.source == SOURCE_GIVEN)
        need_service(walk, found.giver, holds(walk, &found.giver->when, walk->asked, how));
    if (how != CERTAIN_YES)
        return;
    if (found.source == SOURCE_NOBODY)
        list_push(walk->arena, &walk->impossible, best);
    add_slot(walk, service, need, best, found, member);
}

static void meet_each(Walk *walk, const Service *service, const Need *need, Certainty how)
{
    Value *list = walk->asked ? map_get(&walk->asked->values, need->each->id) : NULL;
    if (!list) {
        if (how == CERTAIN_YES)
            want_fact(walk, need->each);
        return;
    }
    for (size_t i = 0; i < value_count(*list); i++) {
        Value member = value_item(*list, i);
        Scope inside = { .outer = walk->asked };
        for (size_t f = 0; f < need->each->fields.count; f++) {
            Str field = need->each->fields.at[f]->id;
            scope_set(walk->arena, &inside, field, value_get(member, field));
        }
        if (holds(walk, &need->when, &inside, how) == CERTAIN_YES)
            fill(walk, service, need, how, member);
    }
}

static void need_service(Walk *walk, const Service *service, Certainty how)
{
    size_t index = walk_index(walk, service);
    if (how == CERTAIN_NO || walk->needed[index] == CERTAIN_YES || walk->needed[index] == how)
        return;
    walk->needed[index] = how;
    if (how == CERTAIN_YES) {
        for (size_t i = 0; i < service->asks.count; i++)
            want_fact(walk, service->asks.at[i]);
        (void)holds(walk, &service->fee_rule, walk->asked, how); /* only to ask what the fee depends on */
        for (size_t i = 0; i < service->time.count && !walk->limits[index]; i++) {
            Certainty applies = holds(walk, &service->time.at[i].when, walk->asked, how);
            if (applies == POSSIBLE)
                break;
            if (applies == CERTAIN_YES)
                walk->limits[index] = &service->time.at[i];
        }
    }
    for (size_t i = 0; i < service->needs.count; i++) {
        const Need *need = &service->needs.at[i];
        if (need->each)
            meet_each(walk, service, need, how);
        else {
            Certainty wanted = holds(walk, &need->when, walk->asked, how);
            if (wanted != CERTAIN_NO)
                fill(walk, service, need, wanted, value_null());
        }
    }
}

void walk_graph(Walk *walk)
{
    const Event *event = walk->event;
    for (size_t i = 0; i < event->stops.count; i++) {
        const StopRule *stop = &event->stops.at[i];
        if (holds(walk, &stop->when, walk->asked, CERTAIN_YES) == CERTAIN_YES) {
            walk->stop = stop;
            return;
        }
    }
    /* A reason to stop comes before any other question: nobody fills in what cannot succeed. */
    walk->quiet = walk->wants.count > 0;
    for (size_t i = 0; i < event->goals.count; i++) {
        const Goal *goal = &event->goals.at[i];
        Certainty wanted = holds(walk, &goal->when, walk->asked, CERTAIN_YES);
        if (wanted == CERTAIN_NO)
            continue;
        Found found = find_source(walk, goal->evidence, wanted);
        if (found.source == SOURCE_GIVEN)
            need_service(walk, found.giver, holds(walk, &found.giver->when, walk->asked, wanted));
    }
    want_fact(walk, event->label);
}
