/*
 * markup.h
 *
 * Text as a part of XML and HTML.
 */
#ifndef ZM_MARKUP_H
#define ZM_MARKUP_H

#include "lib/stringinfo.h"

/*
 * Appends a text, for an element or between double quotes: what would mean
 * something is escaped, and control characters, which XML cannot hold, become
 * a replacement.
 */
extern void zm_append_markup(StringInfo out, const char *text);

/* The same for its first so many characters, with "..." if there are more. */
extern void zm_append_markup_start(StringInfo out, const char *text,
								   int characters);

#endif /* ZM_MARKUP_H */
