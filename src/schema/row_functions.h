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

/* These (String), but that each is another one: the second one of a name gets a
 * number, as the server gives it. */
extern List *zm_unique_names(const List *names);

/* Away with the lists of columns behind such functions, once marked names are
 * taken out of the text (see column_list.h). */
extern void zm_take_lists_of_functions(Query *query);

#endif /* ZM_ROW_FUNCTIONS_H */
