/*
 * standalone.h
 *
 * Scripts for programs that send them to a server one after the other.
 */
#ifndef ZM_STANDALONE_H
#define ZM_STANDALONE_H

#include "lib/stringinfo.h"

/*
 * Ends a script that has been appended as it is: with a line end, and with a
 * semicolon unless its last statement is complete.
 */
extern void zm_append_end(StringInfo text, bool complete);

/* Undoes what a script may leave to the next one in the same session. */
extern void zm_append_reset(StringInfo text, bool settings, bool temporary);

#endif /* ZM_STANDALONE_H */
