/*
 * settled_internal.h
 *
 * What the parts of settled.c know of a text.
 */
#ifndef ZM_SETTLED_INTERNAL_H
#define ZM_SETTLED_INTERNAL_H

#include "lib/stringinfo.h"

#include "schema/item_names.h"

typedef struct ZmSettling
{
	ZmSqlTokens read;
	bool *needless; /* parentheses that the parser does not keep */
	char **names;	/* what is to be named so, by its last token */
	int array;		/* the codes of keywords */
	int conjunction;
	int disjunction;
	int values;
	int on;
	int always;
	int row;
	bool spelling;	/* written for the parser, not as it reads it */
	bool unsettled; /* there is something to be written */
} ZmSettling;

/* An array that is cast as a whole, by its tokens. */
typedef struct ZmCastArray
{
	bool sparing;	/* with parentheses only where they are needed */
	int open;		/* the square bracket */
	int close;		/* the one that ends it */
	int type;		/* the first token of the type */
	int dimensions; /* the square bracket behind the type's name */
	int end;		/* behind all of it */
} ZmCastArray;

/* settled.c: writes the tokens [from, to) and what is between them; the text
 * between two places of it. */
extern void zm_put_tokens(StringInfo out, ZmSettling *text, int from, int to);
extern void zm_put_source(StringInfo out, const ZmSettling *text, Size from,
						  Size to);
/* As the server writes numbers; NULL: it would write this one otherwise. */
extern const char *zm_number_type(const ZmSettling *text, int at);

/* settled_array.c: does one begin here?  Writes it. */
extern bool zm_find_cast_array(const ZmSettling *text, int at,
							   ZmCastArray *found);
extern void zm_put_cast_array(StringInfo out, ZmSettling *text, int at,
							  const ZmCastArray *array);

#endif /* ZM_SETTLED_INTERNAL_H */
