/*
 * placeless.h
 *
 * Queries whose text says nothing of where columns stand.
 */
#ifndef ZM_PLACELESS_H
#define ZM_PLACELESS_H

#include "nodes/parsenodes.h"

/* Does the text that the server prints for this query, or for this expression
 * or list that has queries in it? */
extern bool zm_goes_by_place(const void *tree, const char *printed);

/* Does that text say names of columns that are nowhere in it? */
extern bool zm_forgets_names(const void *tree);

/* One that means the same and does not, once the marks are taken out of its
 * text (see column_list.h). */
extern Node *zm_placeless(const Node *tree);

#endif /* ZM_PLACELESS_H */
