/*
 * types.h
 *
 * What the differ and the emitters must know of the server's own types, told
 * by their names as format_type() gives them.
 *
 * Rule: only what holds in every database and version.
 */
#ifndef ZM_TYPES_H
#define ZM_TYPES_H

#include "object/object.h"

/* The same type but for length, precision or scale? */
extern bool zm_types_alike(const char *left, const char *right);
/* Can the values of the two be compared? */
extern bool zm_types_comparable(const char *left, const char *right);
/* Can a foreign key hold between the two, whichever of them refers? */
extern bool zm_types_refer(const char *left, const char *right);
/* What a cast from one type to another is called. */
extern char *zm_type_cast(const char *from, const char *to);
/* Are both arrays?  Then their elements come from one type to another. */
extern bool zm_type_elements(const char **from, const char **to);
/* The expression that turns a value into one of another type; NULL: it is
 * assigned as it is.  has_cast: users or extensions have one for it; by_text:
 * what is made anew knows the other type's values as texts only. */
extern char *zm_type_conversion(const char *value, const char *from,
								const char *to, bool has_cast, bool by_text);
/* Is one of them an array of values, and the other one a value? */
extern bool zm_types_nest(const char *left, const char *right);
/* Can every value of the one type be one of the other?  Does it then keep its
 * bytes, so that the table need not be written anew? */
extern bool zm_type_widens(const char *from, const char *to);
extern bool zm_type_keeps_bytes(const char *from, const char *to);

#endif /* ZM_TYPES_H */
