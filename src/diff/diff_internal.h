/*
 * diff_internal.h
 *
 * What the files of the differ share.
 */
#ifndef ZM_DIFF_INTERNAL_H
#define ZM_DIFF_INTERNAL_H

#include "diff/diff.h"
#include "diff/rules.h"

/* match.c: fills in the twins. */
extern void zm_diff_match(ZmDiff *diff);
/* The object of the new schema that takes an old one's identity, be it its
 * twin or one of another kind; NULL: none. */
extern ZmObject *zm_diff_heir(const ZmDiff *diff, const ZmObject *old);

/* diff.c: the change of a pair (either may be NULL), made if need be. */
extern ZmChange *zm_diff_change(ZmDiff *diff, ZmObject *old, ZmObject *new);

/* spread.c: marks what has to be made anew because of others. */
extern void zm_diff_spread(ZmDiff *diff);
/* Makes an object anew that would have been altered or kept, and spreads. */
extern void zm_diff_replace(ZmDiff *diff, ZmObject *old);
/* Moves columns off the old object of a change although their own change lets
 * go of it, so that it waits for them; false: none have it. */
extern bool zm_diff_set_aside(ZmDiff *diff, ZmChange *change);

/* order.c: fills in the steps. */
extern void zm_diff_order(ZmDiff *diff);

#endif /* ZM_DIFF_INTERNAL_H */
