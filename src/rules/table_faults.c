/* Interval analysis, column by column. The constants in a column's cells cut what its input can be into cases; each case has
 * the set of rules whose cell it passes. Going through the columns, the sets are cut with each other: what is left at the end
 * are the rules that match together. An empty set is a gap, two rules in one are an overlap, a rule in none is dead.
 *
 * Cases of one column with the same set are one, and a set that was met before at the same column has nothing new behind it:
 * so tables of many columns are looked through in few steps, where the number of combinations would be astronomic. Where the
 * first rule counts, those behind one that is sure to match are left out, for the same reason. */
#include "rules/table_faults.h"

enum { STEPS_MAX = 200000, OVERLAPS_MAX = 20 };

typedef uint64_t Bits;

typedef struct Slice {                             /* cases of a column that pass the same cells */
    Value value;                                   /* of the first of them */
    const Bits *rules;
} Slice;
typedef LIST(Slice) Slices;

typedef struct Look {
    Arena *arena;
    const Table *table;
    const Map *domains;
    TableFaults *faults;
    size_t words;                                  /* of a set of rules */
    Slices *columns;
    Str *names;                                    /* of the inputs */
    Value *way;                                    /* the present one: a value of each column */
    Map met;                                       /* column and set, as bytes */
    Bits *alive;                                   /* rules that can come to count */
    size_t *sure_from;                             /* of each rule: the column from which on its cells are for anything */
    size_t steps, overlaps;
    bool gap_told, complete;
} Look;

/* ---- columns ---- */

/* An input that is a name, or a member of one: then its values are its own and no other input's. */
static const Node *plain_input(const Node *node)
{
    const Node *inner = node->kind == NODE_COERCE ? node->coerce.value : node, *base = inner;
    while (base->kind == NODE_PATH)
        base = base->path.base;
    return base->kind == NODE_NAME && !base->name.builtin ? inner : NULL;
}

static void put_input(Text *text, const Node *node)
{
    if (node->kind == NODE_PATH) {
        put_input(text, node->path.base);
        text_printf(text, ".%.*s", STR_ARGS(node->path.member));
    } else {
        text_put(text, node->name.text);
    }
}

static Str input_name(Arena *arena, const Node *node)
{
    Text text = text_begin(arena, SIZE_MAX);
    put_input(&text, node);
    return text_str(&text);
}

static const Type *input_type(const Node *node)
{
    return node->kind == NODE_COERCE ? node->coerce.type : node->type;
}

/* The column alone, as a table of one input with a name that nothing else has: so the cases of a fact can be asked for. */
static Roots column_alone(Arena *arena, const Table *table, size_t column, const Tests *allowed, Str name)
{
    Table *alone = arena_new(arena, Table);
    Node *input = arena_new(arena, Node), *node = arena_new(arena, Node);
    Roots roots = { 0 };
    *input = (Node){ .kind = NODE_NAME, .name = { .text = name } };
    *node = (Node){ .kind = NODE_TABLE, .table = alone };
    list_push(arena, &alone->inputs, (TableInput){ .expression = input, .allowed = allowed });
    for (size_t i = 0; i < table->rules.count; i++)
        list_push(arena, &alone->rules, (TableRule){ .cells = &table->rules.at[i].cells[column] });
    list_push(arena, &roots, node);
    return roots;
}

static const Domain *domain_by_type(Arena *arena, const Type *type)
{
    static const ValueKind KINDS[] = { VALUE_BOOLEAN, VALUE_NUMBER, VALUE_STRING, VALUE_DATE };
    for (size_t i = 0; type && i < COUNT_OF(KINDS); i++) {
        if (type->kinds != KIND(KINDS[i]))
            continue;
        Domain *domain = arena_new(arena, Domain);
        domain->kind = KINDS[i];
        for (int truth = 0; KINDS[i] == VALUE_BOOLEAN && truth < 2; truth++)
            list_push(arena, &domain->values, value_boolean(truth == 0));
        return domain;
    }
    return NULL;
}

/* As whoever asks says; else by the type, and else by what the cells compare with. */
static const Domain *domain_of(Look *look, const Roots *roots, const Node *expression, Str called, Str name)
{
    const Domain *told = look->domains ? map_get(look->domains, called) : NULL;
    if (told)
        return told;
    const Domain *typed = domain_by_type(look->arena, input_type(expression));
    if (typed)
        return typed;
    Strs names = { 0 };
    list_push(look->arena, &names, name);
    const Map seeming = domains_seeming(look->arena, roots, &names);
    return map_get(&seeming, name);
}

/* The rules whose cell the value passes; NULL where a cell cannot be decided by it alone. */
static const Bits *rules_passed(Look *look, size_t column, Value value)
{
    const Scope nothing = { 0 };
    Evaluation run = evaluation_begin(look->arena, &nothing);
    Bits *bits = arena_array(look->arena, Bits, look->words);
    for (size_t i = 0; i < look->table->rules.count; i++) {
        const Tests *cell = &look->table->rules.at[i].cells[column];
        const Value holds = cell->list.count ? tests_hold(&run, cell, value, NULL) : value_boolean(true);
        if (value_is_unknown(holds) || run.exhausted)
            return NULL;
        if (value_is_true(holds))
            bits[i / 64] |= (Bits)1 << (i % 64);
    }
    return bits;
}

static bool is_allowed(Look *look, const Tests *allowed, Value value)
{
    const Scope nothing = { 0 };
    Evaluation run = evaluation_begin(look->arena, &nothing);
    return !allowed || value_is_true(tests_hold(&run, allowed, value, NULL));
}

static bool add_slice(Look *look, size_t column, Value value)
{
    Slices *slices = &look->columns[column];
    const Bits *rules = rules_passed(look, column, value);
    for (size_t i = 0; rules && i < slices->count; i++)
        if (memcmp(slices->at[i].rules, rules, look->words * sizeof *rules) == 0)
            return true;
    if (rules)
        list_push(look->arena, slices, (Slice){ value, rules });
    return rules != NULL;
}

static bool cut_column(Look *look, size_t column)
{
    const Str name = S("?column");
    const TableInput *input = &look->table->inputs.at[column];
    const Type *type = input_type(input->expression);
    const Tests *allowed = input->allowed ? input->allowed : type ? type->allowed : NULL;
    const Node *plain = plain_input(input->expression);
    Cases cases;
    if (!plain)
        return false;
    look->names[column] = input_name(look->arena, plain);
    for (size_t i = 0; i < column; i++)
        if (str_equal(look->names[i], look->names[column]))
            return false;
    const Roots roots = column_alone(look->arena, look->table, column, allowed, name);
    const Domain *domain = domain_of(look, &roots, input->expression, look->names[column], name);
    bool any_cell = false;
    for (size_t i = 0; i < look->table->rules.count; i++)
        any_cell = any_cell || look->table->rules.at[i].cells[column].list.count > 0;
    if (!any_cell)
        return add_slice(look, column, value_null());
    if (!cases_of(look->arena, look->arena, &roots, name, domain, &cases))
        return false;
    for (size_t i = 0; i < cases.count; i++)
        if ((cases.at[i].value.kind == VALUE_NULL || is_allowed(look, allowed, cases.at[i].value)) &&
            !add_slice(look, column, cases.at[i].value))
            return false;
    return look->columns[column].count > 0;
}

/* ---- combinations ---- */

/* Columns in which every rule is for anything are left out. */
static Str example_of(Look *look, size_t depth)
{
    Text text = text_begin(look->arena, 400);
    for (size_t i = 0; i < look->table->inputs.count; i++) {
        const Value value = i < depth ? look->way[i] : look->columns[i].at[0].value;
        if (look->columns[i].count == 1 && value.kind == VALUE_NULL)
            continue;
        text_printf(&text, "%s%.*s = ", text.len ? ", " : "", STR_ARGS(look->names[i]));
        text_value(&text, value);
    }
    return text_str(&text);
}

static TableFault *tell(Look *look, TableFaultKind kind, size_t depth)
{
    TableFault *fault = list_add(look->arena, look->faults);
    fault->kind = kind;
    fault->table = look->table;
    fault->example = example_of(look, depth);
    return fault;
}

static size_t next_rule(const Look *look, const Bits *set, size_t from)
{
    for (size_t i = from; i < look->table->rules.count; i++)
        if (set[i / 64] >> (i % 64) & 1)
            return i;
    return SIZE_MAX;
}

/* Whether two rules that both match may: ANY allows the same outputs, which must be constants to be compared. */
static bool may_both(const Look *look, size_t one, size_t other)
{
    const Table *table = look->table;
    for (size_t i = 0; table->policy == HIT_ANY && i < table->outputs.count; i++) {
        const Node *left = table->rules.at[one].outputs[i], *right = table->rules.at[other].outputs[i];
        left = left->kind == NODE_COERCE ? left->coerce.value : left;
        right = right->kind == NODE_COERCE ? right->coerce.value : right;
        if (left->kind == NODE_LITERAL && right->kind == NODE_LITERAL && !values_same(left->literal, right->literal))
            return false;
    }
    return table->policy != HIT_UNIQUE;
}

static void tell_overlap(Look *look, size_t one, size_t other, size_t depth)
{
    for (size_t i = 0; i < look->faults->count; i++)
        if (look->faults->at[i].kind == TABLE_OVERLAP && look->faults->at[i].table == look->table &&
            look->faults->at[i].rule == other + 1)
            return;
    if (look->overlaps++ >= OVERLAPS_MAX)
        return;
    TableFault *fault = tell(look, TABLE_OVERLAP, depth);
    fault->rule = other + 1;
    fault->other = one + 1;
    fault->place.line = look->table->rules.at[other].line;
}

/* All columns are passed: these rules match together. */
static void settle(Look *look, const Bits *set, size_t depth)
{
    const size_t first = next_rule(look, set, 0);
    if (first == SIZE_MAX)
        return;
    for (size_t rule = first; rule != SIZE_MAX; rule = next_rule(look, set, rule + 1)) {
        if (rule != first && !may_both(look, first, rule))
            tell_overlap(look, first, rule, depth);
        if (rule == first || look->table->policy != HIT_FIRST)
            look->alive[rule / 64] |= (Bits)1 << (rule % 64);
    }
}

static bool wants_all(const Table *table)
{
    for (size_t i = 0; i < table->outputs.count; i++)
        if (table->outputs.at[i].otherwise)
            return false;
    return table->policy == HIT_UNIQUE || table->policy == HIT_ANY || table->policy == HIT_FIRST ||
           table->policy == HIT_PRIORITY;
}

static bool was_met(Look *look, size_t column, const Bits *set)
{
    const size_t size = look->words * sizeof *set;
    char *key = arena_alloc(look->arena, size + sizeof column);
    memcpy(key, set, size);
    memcpy(key + size, &column, sizeof column);
    const Str text = { key, size + sizeof column };
    if (map_get(&look->met, text))
        return true;
    map_put(look->arena, &look->met, text, look);
    return false;
}

static void drop_behind_sure(const Look *look, size_t column, Bits *set)
{
    for (size_t i = next_rule(look, set, 0); i != SIZE_MAX; i = next_rule(look, set, i + 1)) {
        if (look->sure_from[i] > column)
            continue;
        set[i / 64] &= (Bits)-1 >> (63 - i % 64);
        for (size_t word = i / 64 + 1; word < look->words; word++)
            set[word] = 0;
        return;
    }
}

/* Recursion is as deep as there are columns. */
static void descend(Look *look, size_t column, Bits *set)
{
    if (look->table->policy == HIT_FIRST)
        drop_behind_sure(look, column, set);
    if (next_rule(look, set, 0) == SIZE_MAX) {
        if (!look->gap_told && wants_all(look->table))
            tell(look, TABLE_GAP, column);
        look->gap_told = true;
        return;
    }
    if (column == look->table->inputs.count) {
        settle(look, set, column);
        return;
    }
    if (was_met(look, column, set))
        return;
    for (size_t i = 0; i < look->columns[column].count; i++) {
        const Slice *slice = &look->columns[column].at[i];
        if (++look->steps > STEPS_MAX || arena_is_full(look->arena)) {
            look->complete = false;
            return;
        }
        Bits *rest = arena_array(look->arena, Bits, look->words);
        for (size_t word = 0; word < look->words; word++)
            rest[word] = set[word] & slice->rules[word];
        look->way[column] = slice->value;
        descend(look, column + 1, rest);
    }
}

static void tell_dead(Look *look)
{
    for (size_t i = 0; i < look->table->rules.count; i++) {
        if (look->alive[i / 64] >> (i % 64) & 1)
            continue;
        TableFault *fault = list_add(look->arena, look->faults);
        *fault = (TableFault){ .kind = TABLE_DEAD_RULE, .table = look->table, .rule = i + 1,
                               .place = { .line = look->table->rules.at[i].line } };
    }
}

bool table_faults(Arena *arena, const Table *table, const Map *domains, TableFaults *faults)
{
    Look look = { .arena = arena, .table = table, .domains = domains, .faults = faults, .complete = true,
                  .words = (table->rules.count + 63) / 64 };
    look.columns = arena_array(arena, Slices, table->inputs.count);
    look.names = arena_array(arena, Str, table->inputs.count);
    look.way = arena_array(arena, Value, table->inputs.count);
    look.alive = arena_array(arena, Bits, look.words);
    look.sure_from = arena_array(arena, size_t, table->rules.count);
    Bits *all = arena_array(arena, Bits, look.words);
    for (size_t i = 0; i < table->inputs.count; i++)
        if (!cut_column(&look, i))
            return false;
    for (size_t i = 0; i < table->rules.count; i++) {
        all[i / 64] |= (Bits)1 << (i % 64);
        for (size_t column = 0; column < table->inputs.count; column++)
            if (table->rules.at[i].cells[column].list.count)
                look.sure_from[i] = column + 1;
    }
    descend(&look, 0, all);
    if (look.complete)
        tell_dead(&look);
    return look.complete;
}
