/*
 * times.c
 *
 * Durations.
 *
 * Rule: time is measured and added up as a count of microseconds and becomes
 * an interval only where SQL sees it.
 */
#include "postgres.h"

#include "util/times.h"

Interval *
zm_interval(int64 microseconds)
{
	Interval *result = palloc0(sizeof(Interval));

	result->time = microseconds;
	return result;
}
