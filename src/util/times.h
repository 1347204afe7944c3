/*
 * times.h
 *
 * Durations.
 */
#ifndef ZM_TIMES_H
#define ZM_TIMES_H

#include "datatype/timestamp.h"

/* An interval of so many microseconds, in the current context. */
extern Interval *zm_interval(int64 microseconds);

#endif /* ZM_TIMES_H */
