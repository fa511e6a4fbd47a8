/* The functions behind the table of built-ins. The caller has seen to it that there are as many arguments as the row
 * has parameters, each of a kind that it takes, and known as far as the row needs. */
#ifndef RULES_BUILTINS_ALL_H
#define RULES_BUILTINS_ALL_H

#include "rules/evaluate.h"

extern const Builtin BUILTINS[];                   /* of builtins_table.c */
extern const size_t BUILTIN_COUNT;

typedef Value FeelFunction(Evaluation *run, const Value *arguments);

FeelFunction feel_not, feel_all, feel_any, feel_count, feel_list_contains, feel_min, feel_max, feel_append,
    feel_concatenate, feel_flatten, feel_distinct_values, feel_union, feel_sublist, feel_sublist_length,
    feel_insert_before, feel_remove, feel_reverse, feel_index_of, feel_list_replace, feel_list_replace_match, feel_sort;

FeelFunction feel_sum, feel_mean, feel_product, feel_median, feel_stddev, feel_mode;

FeelFunction feel_is_defined, feel_get_value, feel_get_entries, feel_context, feel_context_put, feel_context_put_keys,
    feel_context_merge;

FeelFunction feel_abs, feel_floor, feel_floor_scale, feel_ceiling, feel_ceiling_scale, feel_round_up, feel_round_down,
    feel_round_half_up, feel_round_half_down, feel_decimal, feel_modulo, feel_sqrt, feel_log, feel_exp, feel_odd,
    feel_even, feel_number, feel_number_separated;

FeelFunction feel_string, feel_string_length, feel_substring, feel_substring_length, feel_upper_case, feel_lower_case,
    feel_substring_before, feel_substring_after, feel_contains, feel_starts_with, feel_ends_with, feel_string_join,
    feel_string_join_delimiter;

FeelFunction feel_matches, feel_matches_flags, feel_replace, feel_replace_flags, feel_split;

FeelFunction feel_date, feel_date_parts, feel_date_and_time, feel_date_and_time_parts, feel_date_and_time_numbers,
    feel_date_and_time_offset, feel_date_and_time_zone, feel_time, feel_time_parts, feel_time_offset, feel_duration,
    feel_years_and_months, feel_is, feel_now, feel_today, feel_day_of_year, feel_day_of_week, feel_month_of_year,
    feel_week_of_year;

FeelFunction feel_range, feel_before, feel_after, feel_meets, feel_met_by, feel_overlaps, feel_overlaps_before,
    feel_overlaps_after, feel_finishes, feel_finished_by, feel_includes, feel_during, feel_starts, feel_started_by,
    feel_coincides;

#endif
