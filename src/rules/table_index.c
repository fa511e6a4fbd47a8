/* An index over the columns of a decision table, so that a large one costs hardly more than a small one.
 *
 * The constants of a column's cells cut its values into points and gaps between them: position 1 is the first constant,
 * 0 what is less, 2 what is between the first and the second, and so on. For each position the column knows the rules
 * whose cell holds there; a set of bits has one for each rule. A value's position is found by halving, and the rules
 * that match are what the sets of all columns have in common.
 *
 *     cells: "> 50", "[10..20]", "-"        constants 10 20 50        positions 0 1 2 3 4 5 6
 *     rule 0  . . . . . . x
 *     rule 1  . x x x . . .                 rule 2, which holds always, is kept once for all positions
 *
 * A column is left out where a cell is more than constants, where they are of several kinds, or where its sets would be
 * too large; so is one whose input is not known, null or of another kind: its cells are tried then, one by one.
 * Tried and left: a tree over all columns. It is smaller where few rules overlap and bursts where many do. */
#include "rules/table.h"

enum { COLUMN_ENTRIES_MAX = 1 << 20, INDEX_FROM_RULES = 4 };

typedef struct Column {
    bool used;
    ValueKind kind;
    Values constants;      /* ascending, each once */
    uint64_t *always;      /* a bit for each rule whose cell is empty; NULL where there is none */
    uint32_t *starts;      /* by position, and one more: where its rules begin in `rules` */
    uint32_t *rules;       /* ascending within a position */
    const uint64_t **sets; /* by position: the same and `always` as a set, where they are many; else NULL */
} Column;

struct TableIndex {
    size_t words; /* of a set of bits */
    Column *columns;
};

/* ---- positions ---- */

static bool compare_constants(Value a, Value b, int *order)
{
    if (a.kind == VALUE_BOOLEAN && b.kind == VALUE_BOOLEAN) {
        *order = (int)a.boolean - (int)b.boolean;
        return true;
    }
    return value_compare(a, b, order);
}

/* The position of a value among the constants; false where it has no place there. */
static bool position_of(const Column *column, Value value, size_t *position)
{
    size_t low = 0, high = column->constants.count;
    int order = 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (!compare_constants(value, column->constants.at[middle], &order))
            return false;
        if (order == 0) {
            *position = middle * 2 + 1;
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    *position = low * 2;
    return true;
}

static size_t point_of(const Column *column, Value constant)
{
    size_t position = 0;
    must(position_of(column, constant, &position) && position % 2 == 1);
    return position;
}

/* ---- what a cell is made of ---- */

/* Times are left out: those with an offset and those without have no order among them. */
static bool is_constant(const Column *column, const Node *node)
{
    const uint32_t kinds = KIND(VALUE_NUMBER) | KIND(VALUE_STRING) | KIND(VALUE_BOOLEAN) | KIND(VALUE_DATE) |
                           KIND(VALUE_DAYS_DURATION) | KIND(VALUE_MONTHS_DURATION);
    return node->constant && node->constant->kind == column->kind && (kinds & KIND(column->kind));
}

static bool is_simple(const Column *column, const Test *test)
{
    if (test->is_condition)
        return false;
    if (test->compares) {
        bool by_order = test->sign != OPERATOR_EQUAL && test->sign != OPERATOR_UNEQUAL;
        return is_constant(column, test->node) && !(by_order && column->kind == VALUE_BOOLEAN);
    }
    if (test->node->kind != NODE_RANGE)
        return is_constant(column, test->node);
    const Node *start = test->node->range.start, *end = test->node->range.end;
    return start && end && is_constant(column, start) && is_constant(column, end) && column->kind != VALUE_BOOLEAN;
}

static void add_constants(Arena *arena, Column *column, const Test *test)
{
    if (!test->compares && test->node->kind == NODE_RANGE) {
        list_push(arena, &column->constants, *test->node->range.start->constant);
        list_push(arena, &column->constants, *test->node->range.end->constant);
    } else {
        list_push(arena, &column->constants, *test->node->constant);
    }
}

static const Node *any_constant(const Test *test)
{
    return !test->compares && test->node->kind == NODE_RANGE ? test->node->range.start : test->node;
}

/* Merge sort: a column may have many thousands. All are of one kind, which has an order. */
static void sort_constants(Arena *arena, Value *at, size_t count)
{
    if (count < 2)
        return;
    size_t half = count / 2, left = 0, right = half, to = 0;
    sort_constants(arena, at, half);
    sort_constants(arena, at + half, count - half);
    Value *merged = arena_array(arena, Value, count);
    while (left < half || right < count) {
        int order = 0;
        bool from_left = right == count;
        if (!from_left && left < half) {
            must(compare_constants(at[left], at[right], &order));
            from_left = order <= 0;
        }
        merged[to++] = from_left ? at[left++] : at[right++];
    }
    memcpy(at, merged, count * sizeof *at);
}

static void keep_each_once(Values *constants)
{
    size_t kept = 0;
    for (size_t i = 0; i < constants->count; i++) {
        int order = 1;
        if (kept)
            must(compare_constants(constants->at[kept - 1], constants->at[i], &order));
        if (order)
            constants->at[kept++] = constants->at[i];
    }
    constants->count = kept;
}

static bool read_constants(Arena *arena, const Table *table, size_t index, Column *column)
{
    for (size_t i = 0; i < table->rules.count; i++) {
        const Tests *cell = &table->rules.at[i].cells[index];
        for (size_t j = 0; j < cell->list.count; j++) {
            const Test *test = &cell->list.at[j];
            if (column->constants.count == 0 && !test->is_condition) {
                const Node *first = any_constant(test);
                column->kind = first && first->constant ? first->constant->kind : VALUE_NULL;
            }
            if (!is_simple(column, test))
                return false;
            add_constants(arena, column, test);
        }
    }
    sort_constants(arena, column->constants.at, column->constants.count);
    keep_each_once(&column->constants);
    return true;
}

/* ---- where a cell holds ---- */

typedef struct Stretch {
    size_t from, to; /* positions, both included; none where from > to */
} Stretch;

static size_t last_position(const Column *column)
{
    return column->constants.count * 2;
}

/* At most two: what is unequal is less or more. */
static size_t stretches_of(const Column *column, const Test *test, Stretch out[2])
{
    size_t last = last_position(column);
    if (!test->compares && test->node->kind == NODE_RANGE) {
        size_t start = point_of(column, *test->node->range.start->constant);
        size_t end = point_of(column, *test->node->range.end->constant);
        out[0] = (Stretch){ test->node->range.start_in ? start : start + 1, test->node->range.end_in ? end : end - 1 };
        return 1;
    }
    size_t point = point_of(column, *test->node->constant);
    switch (test->compares ? test->sign : OPERATOR_EQUAL) {
    case OPERATOR_EQUAL:
        out[0] = (Stretch){ point, point };
        return 1;
    case OPERATOR_UNEQUAL:
        out[0] = (Stretch){ 0, point - 1 };
        out[1] = (Stretch){ point + 1, last };
        return 2;
    case OPERATOR_LESS:
        out[0] = (Stretch){ 0, point - 1 };
        return 1;
    case OPERATOR_AT_MOST:
        out[0] = (Stretch){ 0, point };
        return 1;
    case OPERATOR_MORE:
        out[0] = (Stretch){ point + 1, last };
        return 1;
    case OPERATOR_AT_LEAST:
        out[0] = (Stretch){ point, last };
        return 1;
    case OPERATOR_ADD:
    case OPERATOR_SUBTRACT:
    case OPERATOR_MULTIPLY:
    case OPERATOR_DIVIDE:
    case OPERATOR_POWER:
        break;
    }
    must(false); /* no cell compares with a sign of arithmetic */
    return 0;
}

typedef LIST(Stretch) Stretches;

static void cell_stretches(Arena *arena, const Column *column, const Tests *cell, Stretches *all)
{
    all->count = 0;
    for (size_t i = 0; i < cell->list.count; i++) {
        Stretch stretches[2];
        size_t count = stretches_of(column, &cell->list.at[i], stretches);
        for (size_t j = 0; j < count; j++)
            list_push(arena, all, stretches[j]);
    }
}

static bool holds_at(const Stretches *all, size_t position)
{
    for (size_t i = 0; i < all->count; i++)
        if (position >= all->at[i].from && position <= all->at[i].to)
            return true;
    return false;
}

/* The positions at which a cell may hold: all of a negated one, else from its least to its greatest. */
static Stretch extent_of_cell(const Column *column, const Tests *cell, const Stretches *all)
{
    Stretch extent = { last_position(column), 0 };
    if (cell->negated)
        return (Stretch){ 0, last_position(column) };
    for (size_t i = 0; i < all->count; i++) {
        extent.from = all->at[i].from < extent.from ? all->at[i].from : extent.from;
        extent.to = all->at[i].to > extent.to ? all->at[i].to : extent.to;
    }
    return extent;
}

/* First how many rules each position has, then which: twice the same walk. False where there are too many. */
static bool place_rules(Arena *arena, const Table *table, size_t index, Column *column, uint32_t *counts, bool counting)
{
    size_t total = 0;
    Stretches all = { 0 };
    for (size_t i = 0; i < table->rules.count; i++) {
        const Tests *cell = &table->rules.at[i].cells[index];
        if (cell->list.count == 0)
            continue;
        cell_stretches(arena, column, cell, &all);
        Stretch extent = extent_of_cell(column, cell, &all);
        for (size_t at = extent.from; at <= extent.to && at <= last_position(column); at++) {
            total += all.count;
            if (total > COLUMN_ENTRIES_MAX)
                return false;
            if (holds_at(&all, at) == cell->negated)
                continue;
            if (counting)
                counts[at]++;
            else
                column->rules[column->starts[at] + counts[at]++] = (uint32_t)i;
        }
    }
    return true;
}

static void put_rule(uint64_t *set, size_t rule)
{
    set[rule / 64] |= (uint64_t)1 << rule % 64;
}

static bool has_rule(const uint64_t *set, size_t rule)
{
    return set[rule / 64] >> rule % 64 & 1;
}

/* The rules whose cell holds at a position, of those in `among`; NULL are all. */
static const uint64_t *rules_at(Arena *arena, const Column *column, size_t position, size_t words,
                                const uint64_t *among)
{
    const uint64_t *many = column->sets[position], *dense = many ? many : column->always;
    if (many && !among)
        return many;
    uint64_t *set = arena_array(arena, uint64_t, words);
    for (size_t word = 0; dense && word < words; word++)
        set[word] = dense[word] & (among ? among[word] : UINT64_MAX);
    /* Few, in a large table: then nothing here goes through all its words. */
    for (size_t i = column->starts[position]; !many && i < column->starts[position + 1]; i++)
        if (!among || has_rule(among, column->rules[i]))
            put_rule(set, column->rules[i]);
    return set;
}

static bool column_make(Arena *arena, const Table *table, size_t index, size_t words, Column *column)
{
    if (!read_constants(arena, table, index, column))
        return false;
    size_t positions = last_position(column) + 1;
    uint32_t *counts = arena_array(arena, uint32_t, positions);
    if (!place_rules(arena, table, index, column, counts, true))
        return false;
    column->starts = arena_array(arena, uint32_t, positions + 1);
    for (size_t i = 0; i < positions; i++)
        column->starts[i + 1] = column->starts[i] + counts[i];
    column->rules = arena_array(arena, uint32_t, column->starts[positions]);
    memset(counts, 0, positions * sizeof *counts);
    must(place_rules(arena, table, index, column, counts, false));
    for (size_t i = 0; i < table->rules.count; i++) {
        if (table->rules.at[i].cells[index].list.count)
            continue;
        if (!column->always)
            column->always = arena_array(arena, uint64_t, words);
        put_rule(column->always, i);
    }
    column->sets = arena_array(arena, const uint64_t *, positions);
    for (size_t i = 0; i < positions; i++)
        if (counts[i] > words)
            column->sets[i] = rules_at(arena, column, i, words, NULL);
    return true;
}

const TableIndex *table_index_make(Arena *arena, const Table *table)
{
    if (table->rules.count < INDEX_FROM_RULES)
        return NULL;
    TableIndex *index = arena_new(arena, TableIndex);
    index->words = (table->rules.count + 63) / 64;
    index->columns = arena_array(arena, Column, table->inputs.count);
    for (size_t i = 0; i < table->inputs.count; i++)
        index->columns[i].used = column_make(arena, table, i, index->words, &index->columns[i]);
    return index;
}

/* ---- asking ---- */

const uint64_t *table_index_match(Arena *arena, const Table *table, const Value *inputs, bool *done)
{
    const TableIndex *index = table->index;
    const uint64_t *found = NULL;
    for (size_t i = 0; i < table->inputs.count; i++) {
        const Column *column = &index->columns[i];
        size_t position;
        done[i] = column->used && (column->constants.count == 0 ||
                                   (inputs[i].kind == column->kind && position_of(column, inputs[i], &position)));
        if (done[i] && column->constants.count)
            found = rules_at(arena, column, position, index->words, found);
    }
    if (found)
        return found;
    uint64_t *all = arena_array(arena, uint64_t, index->words);
    for (size_t i = 0; i < table->rules.count; i++)
        put_rule(all, i);
    return all;
}
