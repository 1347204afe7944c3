/*
 * column_list.h
 *
 * Lists of column names behind what stands in FROM, in the server's text.
 */
#ifndef ZM_COLUMN_LIST_H
#define ZM_COLUMN_LIST_H

/* What the server calls the number of a function's row. */
#define ZM_ORDINALITY "ordinality"

/* Is there one behind a table, or, if so told, behind a parenthesis? */
extern bool zm_has_column_list(const char *sql, bool of_others);

/* A name for a column of a function, by which its list is found. */
extern char *zm_marked_name(const char *name);

/* Without the lists of such names; everywhere else the names are what they
 * were.  The text itself, or one in the current memory context. */
extern char *zm_without_marked_lists(char *sql);

#endif /* ZM_COLUMN_LIST_H */
