/*
 * wait.h
 *
 * Is a revision applied, and when will it be?
 */
#ifndef ZM_WAIT_H
#define ZM_WAIT_H

#include "datatype/timestamp.h"

/* Raises ZM012 if some revision that the target names is not applied. */
extern void zm_require_applied(const char *target, const char *tenant);

/*
 * Polls until all of them are, and raises ZM012 after the timeout.  The first
 * is for a function, whose caller keeps a snapshot: it raises ZM014 where an
 * online run waits for that.  The other is for a procedure that may commit,
 * and does so after each look.
 */
extern void zm_wait_applied(const char *target, const Interval *timeout,
							const char *tenant);
extern void zm_await_applied(const char *target, const Interval *timeout,
							 const char *tenant);

#endif /* ZM_WAIT_H */
