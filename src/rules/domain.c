/* The cases of a fact. Where the values are listed, they are the cases. Else the fact must only be compared with
 * constants: these cut the line of numbers, dates or texts into points and gaps, and one value of each stands for it.
 */
#include "rules/domain.h"
#include "rules/temporal.h"

bool node_uses(Arena *arena, const Node *node, Str fact)
{
    Roots roots = { 0 };
    list_push(arena, &roots, node);
    const Uses uses = uses_of(arena, &roots, fact);
    return uses.open || uses.condition || uses.constants.count > 0 || uses.types.count > 0;
}

static Str test_text(Arena *arena, const char *before, Value value)
{
    Text text = text_begin(arena, SIZE_MAX);
    text_printf(&text, "%s", before);
    text_value(&text, value);
    return text_str(&text);
}

static void add_case(Arena *arena, Cases *cases, Value value, Str test)
{
    for (size_t i = 0; i < cases->count; i++)
        if (values_same(cases->at[i].value, value))
            return;
    list_push(arena, cases, (Case){ value, test });
}

static void add_point(Arena *arena, Cases *cases, Value value)
{
    add_case(arena, cases, value, test_text(arena, "", value));
}

/* Constants of one kind, in order, each once. False where they are of several kinds, or have no order. */
static bool sort_constants(Values *constants)
{
    size_t kept = 0;
    for (size_t i = 0; i < constants->count; i++) {
        Value value = constants->at[i];
        size_t at = kept;
        int order = 1;
        for (; at > 0; at--) {
            if (!value_compare(value, constants->at[at - 1], &order))
                return false;
            if (order >= 0)
                break;
        }
        if (at > 0 && order == 0)
            continue;
        memmove(&constants->at[at + 1], &constants->at[at], (kept - at) * sizeof value);
        constants->at[at] = value;
        kept++;
    }
    constants->count = kept;
    return kept > 0 && value_has_order(constants->at[0].kind);
}

static Value half_way(Arena *arena, Value a, Value b)
{
    Number sum, half;
    if (!number_add(a.box->number, b.box->number, &sum) || !number_divide(sum, number_of(2), &half))
        return value_null();
    return value_of_number(arena, half);
}

static Value stepped(Arena *arena, Value value, int by)
{
    Number sum;
    if (value.kind == VALUE_DATE)
        return value_of_day((int64_t)value.date.day + by);
    return number_add(value.box->number, number_of(by), &sum) ? value_of_number(arena, sum) : value_null();
}

static Value floored(Arena *arena, Value value)
{
    Number whole;
    return number_round(value.box->number, 0, ROUND_DOWN, &whole) ? value_of_number(arena, whole) : value_null();
}

/* A value between two constants, or null where there is none: whole numbers and days have gaps of nothing. */
static Value between(Arena *arena, Value a, Value b, bool whole)
{
    int order;
    if (a.kind == VALUE_NUMBER && !whole)
        return half_way(arena, a, b);
    Value next = a.kind == VALUE_NUMBER ? stepped(arena, floored(arena, a), 1) : stepped(arena, a, 1);
    return value_compare(next, b, &order) && order < 0 ? next : value_null();
}

static bool is_allowed(Value value, const Domain *domain)
{
    int order;
    if (value.kind == VALUE_NULL)
        return false;
    Number whole;
    if (domain->whole &&
        (!number_round(value.box->number, 0, ROUND_DOWN, &whole) || number_compare(whole, value.box->number) != 0))
        return false;
    if (value_compare(value, domain->least, &order) && order < 0)
        return false;
    return !value_compare(value, domain->most, &order) || order <= 0;
}

static void add_gap(Arena *arena, Cases *cases, Value value, Str test, const Domain *domain)
{
    if (is_allowed(value, domain))
        add_case(arena, cases, value, test);
}

/* The ends of the domain are constants too: so every gap inside them is told by its two ends. */
static bool cut_line(Arena *arena, Values *constants, const Domain *domain, Cases *cases)
{
    if (domain->least.kind != VALUE_NULL)
        list_push(arena, constants, domain->least);
    if (domain->most.kind != VALUE_NULL)
        list_push(arena, constants, domain->most);
    if (!sort_constants(constants) || constants->count > CASES_MAX / 2)
        return false;
    ValueKind kind = constants->at[0].kind;
    bool whole = domain->whole;
    if (kind != domain->kind || (kind != VALUE_NUMBER && kind != VALUE_DATE))
        return false;
    Value first = constants->at[0], last = constants->at[constants->count - 1];
    add_gap(arena, cases, stepped(arena, whole ? floored(arena, first) : first, -1), test_text(arena, "< ", first),
            domain);
    for (size_t i = 0; i < constants->count; i++) {
        Value here = constants->at[i];
        if (is_allowed(here, domain))
            add_point(arena, cases, here);
        if (i + 1 == constants->count)
            break;
        Value next = constants->at[i + 1];
        Text test = text_begin(arena, SIZE_MAX);
        text_char(&test, '(');
        text_value(&test, here);
        text_put(&test, S(".."));
        text_value(&test, next);
        text_char(&test, ')');
        add_gap(arena, cases, between(arena, here, next, whole), text_str(&test), domain);
    }
    add_gap(arena, cases, stepped(arena, whole ? floored(arena, last) : last, 1), test_text(arena, "> ", last), domain);
    return true;
}

/* Texts that are only compared for equality: each of them, and one that is none of them. */
static bool tell_texts(Arena *arena, const Values *constants, Cases *cases)
{
    Text other = text_begin(arena, SIZE_MAX), test = text_begin(arena, SIZE_MAX);
    text_put(&other, S("…"));
    text_put(&test, S("not("));
    for (size_t i = 0; i < constants->count; i++) {
        if (constants->at[i].kind != VALUE_STRING)
            return false;
        add_point(arena, cases, constants->at[i]);
        text_put(&other, constants->at[i].string);
        text_put(&test, i ? S(", ") : S(""));
        text_value(&test, constants->at[i]);
    }
    text_char(&test, ')');
    add_case(arena, cases, value_string(text_str(&other)), text_str(&test));
    return true;
}

static bool tell_cases(Arena *arena, Arena *scratch, const Uses *uses, const Domain *domain, Cases *cases)
{
    Values constants = { 0 };
    for (size_t i = 0; i < uses->constants.count; i++)
        if (uses->constants.at[i].value.kind != VALUE_NULL)
            list_push(scratch, &constants, uses->constants.at[i].value);
    if (domain->kind == VALUE_STRING)
        return !uses->ordered && constants.count < CASES_MAX && tell_texts(arena, &constants, cases);
    return cut_line(arena, &constants, domain, cases);
}

bool cases_of(Arena *arena, Arena *scratch, const Roots *roots, Str fact, const Domain *domain, Cases *cases)
{
    *cases = (Cases){ 0 };
    if (!domain)
        return false;
    if (domain->optional)
        add_point(arena, cases, value_null());
    if (domain->values.count > CASES_MAX)
        return false;
    if (domain->values.count) {
        for (size_t i = 0; i < domain->values.count; i++)
            add_point(arena, cases, domain->values.at[i]);
        return cases->count <= CASES_MAX;
    }
    Uses uses = uses_of(scratch, roots, fact);
    return !uses.open && tell_cases(arena, scratch, &uses, domain, cases) && cases->count <= CASES_MAX;
}

/* ---- what a fact seems to be ---- */

static bool seems(Arena *arena, const Uses *uses, Domain *domain)
{
    domain->kind = uses->condition ? VALUE_BOOLEAN : VALUE_NULL;
    for (size_t i = 0; i < uses->constants.count; i++) {
        ValueKind kind = uses->constants.at[i].value.kind;
        if (kind == VALUE_NULL)
            continue;
        if (domain->kind != VALUE_NULL && domain->kind != kind)
            return false;
        domain->kind = kind;
    }
    if (domain->kind == VALUE_BOOLEAN) {
        list_push(arena, &domain->values, value_boolean(true));
        list_push(arena, &domain->values, value_boolean(false));
    }
    return !uses->open && domain->kind != VALUE_NULL;
}

Map domains_seeming(Arena *arena, const Roots *roots, const Strs *facts)
{
    Map domains = { 0 };
    for (size_t i = 0; i < facts->count; i++) {
        Domain *domain = arena_new(arena, Domain);
        Uses uses = uses_of(arena, roots, facts->at[i]);
        if (seems(arena, &uses, domain))
            map_put(arena, &domains, facts->at[i], domain);
    }
    return domains;
}
