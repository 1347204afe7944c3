/*
 * column_list.h
 *
 * Lists of column names behind what stands in FROM, and arguments of functions,
 * in the server's text.
 */
#ifndef ZM_COLUMN_LIST_H
#define ZM_COLUMN_LIST_H

/* What the server calls the number of a function's row. */
#define ZM_ORDINALITY "ordinality"

/* Is there one behind a table, or, if so told, behind a parenthesis? */
extern bool zm_has_column_list(const char *sql, bool of_others);

/* A name for a column of functions or of a join, by which its list is found. */
extern char *zm_marked_name(const char *name);

/* A number for an argument of a function, by which it is found; qualified is
 * one that is written with the function's name. */
extern int zm_marked_argument(int number, bool qualified);

/* What marked arguments are called. */
typedef struct ZmArguments
{
	const char *function;
	int count;
	char **names; /* NULL or empty: it has none */
} ZmArguments;

/*
 * Without the lists that have marked names in them; everywhere else marked names are what they
 * were, and arguments are what they are called.  The text itself, or one in the
 * current memory context.
 */
extern char *zm_without_marks(char *sql, const ZmArguments *arguments);

/* With one more blank at the beginning of each line but the first. */
extern char *zm_indented(const char *sql);

#endif /* ZM_COLUMN_LIST_H */
