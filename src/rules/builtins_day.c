/* Built-ins that ask what a day is called or counted as, how far two are apart, and which one it is. */
#include "rules/builtins_all.h"
#include "rules/temporal.h"

/* Whole months between two days; the time of day does not count. */
static int64_t months_between(Civil from, Civil to)
{
    int64_t months = (to.year - from.year) * 12 + to.month - from.month;
    return months - (to.day < from.day);
}

Value feel_years_and_months(Evaluation *run, const Value *arguments)
{
    Civil from = temporal_civil(arguments[0]), to = temporal_civil(arguments[1]);
    return value_of_months(run->arena,
                           civil_day(to) < civil_day(from) ? -months_between(to, from) : months_between(from, to));
}

/* ---- of one day ---- */

/* A date, or the date of a date and time as its clock shows it. */
static int64_t day_of(Value value)
{
    return value.kind == VALUE_DATE ? value.day : value.box->moment->day;
}

static int64_t first_of_year(int64_t year)
{
    return civil_day((Civil){ year, 1, 1 });
}

Value feel_day_of_year(Evaluation *run, const Value *arguments)
{
    return value_i64(run->arena, day_of(arguments[0]) - first_of_year(temporal_civil(arguments[0]).year) + 1);
}

Value feel_day_of_week(Evaluation *run, const Value *arguments)
{
    static const char *const NAMES[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
    (void)run;
    return value_string(str_from(NAMES[temporal_weekday(day_of(arguments[0])) - 1]));
}

Value feel_month_of_year(Evaluation *run, const Value *arguments)
{
    static const char *const NAMES[] = { "January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December" };
    (void)run;
    return value_string(str_from(NAMES[temporal_civil(arguments[0]).month - 1]));
}

/* A week belongs to the year that its Thursday lies in. */
Value feel_week_of_year(Evaluation *run, const Value *arguments)
{
    int64_t day = day_of(arguments[0]), thursday = day - temporal_weekday(day) + 4;
    return value_i64(run->arena, (thursday - first_of_year(civil_of_day(thursday).year)) / 7 + 1);
}

/* ---- the same ---- */

/* Between values of one kind, equal; but times must be written with the same zone too. What differs in kind differs. */
static Value is_same(Evaluation *run, Value a, Value b)
{
    Junction all = { .decisive = false };
    if (!evaluation_spend(run, 1))
        return value_null();
    if (value_is_unknown(a) || value_is_unknown(b))
        return value_waiting(waiting_add(run->arena, waiting_add(run->arena, NULL, a), b));
    if (a.kind != b.kind)
        return value_boolean(false);
    if (a.kind == VALUE_LIST && value_count(a) == value_count(b)) {
        for (size_t i = 0; i < value_count(a) && !all.decided; i++)
            junction_add(run->arena, &all, is_same(run, value_item(a, i), value_item(b, i)));
        return junction_value(&all);
    }
    if (a.kind == VALUE_CONTEXT && a.box->entries->count == b.box->entries->count) {
        for (size_t i = 0; i < a.box->entries->count && !all.decided && evaluation_spend(run, 1); i++) {
            const ContextEntry *entry = &a.box->entries->at[i];
            junction_add(run->arena, &all,
                         value_has(b, entry->key) ? is_same(run, entry->value, value_get(b, entry->key))
                                                  : value_boolean(false));
        }
        return junction_value(&all);
    }
    if (a.kind == VALUE_TIME || a.kind == VALUE_DATE_TIME)
        return value_boolean(values_same(a, b));
    if (a.kind == VALUE_FUNCTION)
        return value_boolean(a.box->closure == b.box->closure);
    return value_boolean(value_equal(a, b));
}

Value feel_is(Evaluation *run, const Value *arguments)
{
    return is_same(run, arguments[0], arguments[1]);
}

/* ---- the present ---- */

/* The clock at the place where the rule is asked; false where nobody told the time. */
static bool present(const Evaluation *run, Moment *moment)
{
    const int64_t offset = (int64_t)run->offset_minutes * 60;
    int64_t us;
    if (run->now.us == 0 || !offset_is_real(offset) || !i64_add(run->now.us, offset * 1000000, &us))
        return false;
    *moment = (Moment){ .day = us / DAY_US - (us % DAY_US < 0), .has_offset = true, .offset_seconds = (int32_t)offset };
    moment->ns = (us - moment->day * DAY_US) * 1000;
    return true;
}

Value feel_now(Evaluation *run, const Value *arguments)
{
    Moment moment;
    (void)arguments;
    return present(run, &moment) ? value_of_moment(run->arena, VALUE_DATE_TIME, moment)
                                 : value_unknown(run->arena, S("now"));
}

Value feel_today(Evaluation *run, const Value *arguments)
{
    Moment moment;
    (void)arguments;
    return present(run, &moment) ? value_of_day(moment.day) : value_unknown(run->arena, S("today"));
}
