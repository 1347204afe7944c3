/*
 * row_functions.h
 *
 * Functions in FROM that give rows of a type.
 */
#ifndef ZM_ROW_FUNCTIONS_H
#define ZM_ROW_FUNCTIONS_H

#include "nodes/parsenodes.h"

/* Is there one among the functions of this entry, and can all be said without a
 * list of their columns? */
extern bool zm_gives_rows_of_type(const RangeTblEntry *entry);

/* Have the columns of such functions the names that they have by themselves,
 * and each another one? */
extern bool zm_has_own_names(const RangeTblEntry *entry);

/* The names (String) that the columns of such functions have by themselves, in
 * their order, "" for dropped ones. */
extern List *zm_own_names(const RangeTblEntry *entry);

/* Which of the functions gives that column, from 0; the one behind the last is
 * that which numbers the rows. */
extern int zm_function_of_column(const RangeTblEntry *entry, int index);

/* Away with the lists of columns behind such functions, once marked names are
 * taken out of the text (see column_list.h). */
extern void zm_take_lists_of_functions(Query *query);

#endif /* ZM_ROW_FUNCTIONS_H */
