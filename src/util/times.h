/*
 * times.h
 *
 * Durations and points in time.
 */
#ifndef ZM_TIMES_H
#define ZM_TIMES_H

#include "datatype/timestamp.h"

/* An interval of so many microseconds, in the current context. */
extern Interval *zm_interval(int64 microseconds);

/* A point in time as text that means the same in every session. */
extern char *zm_utc_text(TimestampTz time);

/* In UTC as 17 digits, to the millisecond: 20251030011200000.  NULL for an
 * infinite time and for a year that needs more than four digits. */
extern char *zm_utc_digits(TimestampTz time);

#endif /* ZM_TIMES_H */
