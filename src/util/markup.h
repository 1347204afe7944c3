/*
 * markup.h
 *
 * Text as a part of XML and HTML.
 */
#ifndef ZM_MARKUP_H
#define ZM_MARKUP_H

#include "lib/stringinfo.h"

/*
 * Appends a text, for an element or between quotes.  The result is ASCII, so
 * that it means the same in whatever encoding the document is kept: other
 * characters become references.  What would mean something is escaped; what
 * XML cannot hold, bytes that are no character included, becomes a
 * replacement character.
 */
extern void zm_append_markup(StringInfo out, const char *text);

/*
 * The same on one line and cut to so many columns of a terminal, with "..."
 * for what is left out.  Returns the columns taken.
 */
extern int zm_append_markup_start(StringInfo out, const char *text,
								  int columns);

#endif /* ZM_MARKUP_H */
