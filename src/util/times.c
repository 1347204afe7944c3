/*
 * times.c
 *
 * Durations and points in time.
 *
 * Rule: time is measured and added up as a count of microseconds and becomes
 * an interval only where SQL sees it.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "util/times.h"

Interval *
zm_interval(int64 microseconds)
{
	Interval *result = palloc0(sizeof(Interval));

	result->time = microseconds;
	return result;
}

char *
zm_utc_text(TimestampTz time)
{
	char text[MAXDATELEN + 1];
	struct pg_tm tm;
	fsec_t fsec;

	if (TIMESTAMP_NOT_FINITE(time))
		EncodeSpecialTimestamp(time, text);
	else if (timestamp2tm(time, NULL, &tm, &fsec, NULL, NULL) == 0)
	{
		tm.tm_isdst = 0; /* a negative one leaves out the zone */
		EncodeDateTime(&tm, fsec, true, 0, NULL, USE_ISO_DATES, text);
	}
	else
		ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
						errmsg("timestamp out of range")));
	return pstrdup(text);
}

char *
zm_utc_digits(TimestampTz time)
{
	struct pg_tm tm;
	fsec_t fsec;

	if (TIMESTAMP_NOT_FINITE(time) ||
		timestamp2tm(time, NULL, &tm, &fsec, NULL, NULL) != 0 ||
		tm.tm_year < 1 || tm.tm_year > 9999)
		return NULL;
	return psprintf("%04d%02d%02d%02d%02d%02d%03d", tm.tm_year, tm.tm_mon,
					tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
					(int) (fsec / 1000));
}
