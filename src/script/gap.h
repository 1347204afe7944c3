/*
 * gap.h
 *
 * The white space and comments between statements.
 */
#ifndef ZM_GAP_H
#define ZM_GAP_H

#include "nodes/pg_list.h"

/* Where the gap that starts here ends: at the next token, or at length. */
extern Size zm_gap_end(const char *text, Size length, Size start);

/*
 * Is there a "-- zishu:repeat" in [start, end), on a line of its own?  The
 * text before start tells whether a line begins there.
 */
extern bool zm_gap_says_repeat(const char *text, Size start, Size end);

/* What follows each "-- zishu:rename" in [start, end) that has a line to
 * itself, as char *. */
extern List *zm_gap_renames(const char *text, Size start, Size end);

#endif /* ZM_GAP_H */
