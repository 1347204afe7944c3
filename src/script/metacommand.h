/*
 * metacommand.h
 *
 * Commands of psql in a script.
 */
#ifndef ZM_METACOMMAND_H
#define ZM_METACOMMAND_H

#include "script/scan.h"

/*
 * The scanner has come to a backslash.  Passes over a line that means nothing
 * to the server and returns the offset behind it; else raises 42601.
 */
extern Size zm_metacommand(ZmScanner *scanner, const ZmToken *backslash,
						   bool within_statement);

/* What to write instead of the command with this name: a sentence. */
extern const char *zm_metacommand_advice(const char *name);

#endif /* ZM_METACOMMAND_H */
