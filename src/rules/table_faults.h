/* What is wrong with a decision table as a whole: values that no rule is for, values that several are for where one alone may
 * be, and rules that are for none. */
#ifndef RULES_TABLE_FAULTS_H
#define RULES_TABLE_FAULTS_H

#include "rules/domain.h"
#include "rules/table.h"

/* Adds what is found; place and decision are left to the caller, but for the line of a rule. False where the table cannot be
 * looked through within the bounds: an input that is calculated, a cell that looks at another input, too many combinations;
 * what was found until then is right. */
bool table_faults(Arena *arena, const Table *table, const Map *domains, TableFaults *faults) CHECKED;

#endif
