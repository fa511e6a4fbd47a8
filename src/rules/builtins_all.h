/* The functions behind the table of built-ins. The caller has seen to it that there are as many arguments as the row
 * has parameters, each of a kind that it takes, and known as far as the row needs. */
#ifndef RULES_BUILTINS_ALL_H
#define RULES_BUILTINS_ALL_H

#include "rules/evaluate.h"

typedef Value FeelFunction(Evaluation *run, const Value *arguments);

FeelFunction feel_not, feel_all, feel_any, feel_count, feel_list_contains, feel_min, feel_max, feel_sum, feel_mean,
    feel_append, feel_concatenate, feel_flatten, feel_distinct_values, feel_is_defined, feel_get_value,
    feel_get_entries;

FeelFunction feel_abs, feel_floor, feel_floor_scale, feel_ceiling, feel_ceiling_scale, feel_round_half_up, feel_modulo,
    feel_number, feel_number_separated;

FeelFunction feel_string, feel_string_length, feel_substring, feel_substring_length, feel_upper_case, feel_lower_case,
    feel_contains, feel_starts_with, feel_ends_with, feel_matches, feel_matches_flags;

FeelFunction feel_date, feel_date_parts, feel_date_and_time, feel_date_and_time_parts, feel_time, feel_time_parts,
    feel_time_offset, feel_duration, feel_years_and_months;

#endif
