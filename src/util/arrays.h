/*
 * arrays.h
 *
 * Arrays of C strings, and SQL's text[].
 */
#ifndef ZM_ARRAYS_H
#define ZM_ARRAYS_H

#include "nodes/pg_list.h"

/* A text[] datum of n strings in the current context; NULL becomes null. */
extern Datum zm_text_array(int n, char **values);
extern Datum zm_text_array_from_list(List *strings);

/* The same as text, "{a,b}". */
extern char *zm_text_array_out(int n, char **values);

/* Lists of strings, to that notation and back; NULL is the empty list. */
extern char *zm_text_list_out(List *strings);
extern List *zm_text_list_in(const char *value);

/*
 * The strings of a text[] in the current context.  With nulls_allowed a null
 * element comes as NULL, otherwise it raises 22004 naming what.
 */
extern char **zm_strings(Datum array, int *n, const char *what,
						 bool nulls_allowed);

/* The strings of left that right does not have, in order. */
extern char **zm_strings_minus(int nleft, char **left, int nright,
							   char **right, int *n);

#endif /* ZM_ARRAYS_H */
