/* The evaluator over lists: filters, members, and going through lists with for, some and every. */
#include "rules/evaluate.h"
#include "rules/temporal.h"

/* ---- filters ---- */

/* Whether a filter's condition can only be a number, and so an index, or only a boolean. Where the text does not
 * tell, the value for the first item does. */
typedef enum FilterKind { FILTER_INDEX, FILTER_CONDITION, FILTER_EITHER } FilterKind;

static FilterKind filter_kind(const Node *condition)
{
    switch (condition->kind) {
    case NODE_LITERAL:
        return condition->literal.kind == VALUE_NUMBER ? FILTER_INDEX : FILTER_CONDITION;
    case NODE_ARITHMETIC:
    case NODE_NEGATIVE:
        return FILTER_INDEX;
    case NODE_NAME:
        return condition->name.local && !str_equal(condition->name.text, S("item")) ? FILTER_INDEX : FILTER_EITHER;
    case NODE_IF:
    case NODE_FILTER:
    case NODE_PATH:
    case NODE_BUILTIN:
    case NODE_CALL:
    case NODE_COERCE:
    case NODE_TABLE:
    case NODE_SERVICE:
    case NODE_WITH:
    case NODE_DECISION:
        return FILTER_EITHER;
    case NODE_LIST:
    case NODE_CONTEXT:
    case NODE_ROW:
    case NODE_RANGE:
    case NODE_COMPARISON:
    case NODE_AND:
    case NODE_OR:
    case NODE_BETWEEN:
    case NODE_IN:
    case NODE_FOR:
    case NODE_SOME:
    case NODE_EVERY:
    case NODE_FUNCTION:
    case NODE_INSTANCE:
        return FILTER_CONDITION;
    }
    return FILTER_EITHER;
}

static Value item_at(Value list, Value position)
{
    Number whole;
    int64_t index;
    if (position.kind != VALUE_NUMBER || !number_round(position.box->number, 0, ROUND_TO_ZERO, &whole) ||
        !number_to_i64(whole, &index))
        return value_null();
    return value_at(list, index);
}

/* One item whose condition is not known makes the whole unknown: not even its length is sure. */
static Value filter_items(Evaluation *run, const Node *node, const Frame *frame, Value list)
{
    Values kept = { 0 };
    const Strs *waiting = NULL;
    for (size_t i = 0; i < value_count(list) && evaluation_spend(run, 1); i++) {
        Frame item = { .outer = frame, .name = S("item"), .value = value_item(list, i), .is_item = true };
        Value holds = evaluate(run, node->filter.condition, &item);
        if (i == 0 && holds.kind == VALUE_NUMBER)
            return item_at(list, holds);
        if (node->filter.strict && !value_is_condition(holds))
            return waiting ? value_waiting(waiting) : value_null();
        waiting = waiting_add(run->arena, waiting, holds);
        if (value_is_true(holds))
            list_push(run->arena, &kept, item.value);
    }
    return waiting ? value_waiting(waiting) : value_of_items(run->arena, kept);
}

Value evaluate_filter(Evaluation *run, const Node *node, const Frame *frame)
{
    Value list = evaluate(run, node->filter.list, frame);
    if (value_is_unknown(list) || list.kind == VALUE_NULL)
        return list;
    if (list.kind != VALUE_LIST)
        list = value_list(run->arena, &list, 1);
    switch (filter_kind(node->filter.condition)) {
    case FILTER_INDEX: {
        /* An index sees the first item, as a condition would. */
        Frame item = { .outer = frame, .name = S("item"), .value = value_item(list, 0), .is_item = true };
        Value index = evaluate(run, node->filter.condition, &item);
        if (index.kind != VALUE_BOOLEAN)
            return value_is_unknown(index) ? index : item_at(list, index);
        return filter_items(run, node, frame, list);
    }
    case FILTER_CONDITION:
    case FILTER_EITHER:
        return filter_items(run, node, frame, list);
    }
    return value_null();
}

/* ---- members ---- */

static Value range_member(const Range *range, Str member)
{
    if (str_equal(member, S("start")))
        return range->start;
    if (str_equal(member, S("end")))
        return range->end;
    if (str_equal(member, S("start included")))
        return value_boolean(range->start_in);
    return str_equal(member, S("end included")) ? value_boolean(range->end_in) : value_null();
}

static Value member_of(Evaluation *run, Value base, Str member)
{
    Value part;
    Values parts = { 0 };
    switch (base.kind) {
    case VALUE_UNKNOWN:
        return base;
    case VALUE_CONTEXT:
        return value_get(base, member);
    case VALUE_LIST:
        for (size_t i = 0; i < value_count(base) && evaluation_spend(run, 1); i++)
            list_push(run->arena, &parts, member_of(run, value_item(base, i), member));
        return value_of_items(run->arena, parts);
    case VALUE_RANGE:
        return range_member(base.box->range, member);
    case VALUE_DATE:
    case VALUE_TIME:
    case VALUE_DATE_TIME:
    case VALUE_DAYS_DURATION:
    case VALUE_MONTHS_DURATION:
        return temporal_get(run->arena, base, member, &part) ? part : value_null();
    case VALUE_NULL:
    case VALUE_BOOLEAN:
    case VALUE_NUMBER:
    case VALUE_STRING:
    case VALUE_FUNCTION:
        return value_null();
    }
    return value_null();
}

Value evaluate_path(Evaluation *run, const Node *node, const Frame *frame)
{
    return member_of(run, evaluate(run, node->path.base, frame), node->path.member);
}

/* ---- for, some, every ---- */

typedef struct Loop {
    Evaluation *run;
    const Node *node;
    Values results;      /* of for */
    Junction junction;   /* of some and every */
    const Strs *waiting; /* of for: it is not known what there is to go through */
    bool impossible;     /* of for: there is nothing to go through, not even nobody */
} Loop;

/* What one iterator goes through: the items of a list, or whole numbers or days, up or down. */
typedef struct Course {
    Value list;
    ValueKind kind; /* of a range: number or date; of a list: VALUE_LIST */
    int64_t from, count, step;
} Course;

static Value course_value(Arena *arena, const Course *course, int64_t index)
{
    if (course->kind == VALUE_LIST)
        return value_item(course->list, (size_t)index);
    int64_t at = course->from + index * course->step;
    return course->kind == VALUE_DATE ? value_of_day(at) : value_i64(arena, at);
}

static bool is_whole(Value value)
{
    Number whole;
    return value.kind == VALUE_NUMBER && number_round(value.box->number, 0, ROUND_TO_ZERO, &whole) &&
           number_compare(value.box->number, whole) == 0;
}

/* More than all steps there are: what would be gone through cannot even be counted. */
static bool endless(Evaluation *run)
{
    (void)evaluation_spend(run, SIZE_MAX);
    return false;
}

static bool course_of_ends(Evaluation *run, Value start, Value end, Course *course)
{
    int64_t to;
    course->kind = start.kind;
    if (start.kind == VALUE_DATE && end.kind == VALUE_DATE) {
        course->from = start.day;
        to = end.day;
    } else if (!value_to_i64(start, &course->from) || !value_to_i64(end, &to)) {
        return is_whole(start) && is_whole(end) && endless(run);
    }
    int64_t least = course->from < to ? course->from : to, most = course->from < to ? to : course->from;
    course->step = course->from <= to ? 1 : -1;
    if (__builtin_sub_overflow(most, least, &course->count) || !i64_add(course->count, 1, &course->count))
        return endless(run);
    return true;
}

/* True with a course; else `why` is null or unknown. */
static bool course_begin(Loop *loop, const Iterator *iterator, const Frame *frame, Course *course, Value *why)
{
    Value list = evaluate(loop->run, iterator->list, frame);
    *course = (Course){ 0 };
    *why = value_null();
    if (iterator->end) {
        Value end = evaluate(loop->run, iterator->end, frame);
        const Strs *waiting = waiting_add(loop->run->arena, waiting_add(loop->run->arena, NULL, list), end);
        if (waiting)
            *why = value_waiting(waiting);
        return !waiting && course_of_ends(loop->run, list, end, course);
    }
    if (value_is_unknown(list) || list.kind == VALUE_NULL) {
        *why = list;
        return false;
    }
    if (list.kind == VALUE_RANGE)
        return list.box->range->start_in && list.box->range->end_in &&
               course_of_ends(loop->run, list.box->range->start, list.box->range->end, course);
    if (list.kind != VALUE_LIST)
        list = value_list(loop->run->arena, &list, 1);
    *course = (Course){ .list = list, .kind = VALUE_LIST, .count = (int64_t)value_count(list) };
    return true;
}

static bool loop_is_over(const Loop *loop)
{
    return loop->run->exhausted || loop->impossible || loop->waiting || loop->junction.decided;
}

static void loop_visit(Loop *loop, const Frame *frame)
{
    if (loop->node->kind != NODE_FOR) {
        Value holds = evaluate(loop->run, loop->node->loop.body, frame);
        if (loop->node->loop.strict && !value_is_condition(holds))
            loop->impossible = true;
        else
            junction_add(loop->run->arena, &loop->junction, holds);
        return;
    }
    Frame partial = { .outer = frame, .name = S("partial") };
    if (loop->node->loop.partial) {
        /* The results so far are shared, not copied: what is appended later lies behind their end. */
        if (!evaluation_spend(loop->run, loop->results.count))
            return;
        partial.value = value_of_items(loop->run->arena, loop->results);
        frame = &partial;
    }
    Value result = evaluate(loop->run, loop->node->loop.body, frame);
    list_push(loop->run->arena, &loop->results, result);
}

/* What cannot be gone through ends a for, and is one condition more for some and every. */
static void loop_miss(Loop *loop, Value why)
{
    if (loop->node->kind != NODE_FOR)
        junction_add(loop->run->arena, &loop->junction, why);
    else if (value_is_unknown(why))
        loop->waiting = why.waiting;
    else
        loop->impossible = true;
}

static void loop_from(Loop *loop, size_t index, const Frame *frame)
{
    if (index == loop->node->loop.iterators.count) {
        loop_visit(loop, frame);
        return;
    }
    Course course;
    Value why;
    const Iterator *iterator = &loop->node->loop.iterators.at[index];
    if (!course_begin(loop, iterator, frame, &course, &why)) {
        loop_miss(loop, why);
        return;
    }
    for (int64_t i = 0; i < course.count && !loop_is_over(loop) && evaluation_spend(loop->run, 1); i++) {
        Frame bound = { .outer = frame, .name = iterator->name };
        bound.value = course_value(loop->run->arena, &course, i);
        loop_from(loop, index + 1, &bound);
    }
}

Value evaluate_loop(Evaluation *run, const Node *node, const Frame *frame)
{
    Loop loop = { .run = run, .node = node, .junction = { .decisive = node->kind == NODE_SOME } };
    /* Each list within another takes as much of the stack as an expression within another. */
    int inner = (int)node->loop.iterators.count - 1;
    if (run->depth > EVALUATION_DEPTH_MAX - inner)
        return value_past(LIMIT_DEPTH);
    run->depth += inner;
    loop_from(&loop, 0, frame);
    run->depth -= inner;
    if (node->kind != NODE_FOR) {
        /* A strict one ends at the first that decides, or is no condition; one before it may turn out to be either. */
        if (node->loop.strict && (loop.impossible || loop.junction.decided) && loop.junction.waiting)
            return value_waiting(loop.junction.waiting);
        return loop.impossible ? value_null() : junction_value(&loop.junction);
    }
    if (loop.waiting)
        return value_waiting(loop.waiting);
    return loop.impossible ? value_null() : value_of_items(run->arena, loop.results);
}
