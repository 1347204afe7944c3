/*
 * echo.c
 *
 * Telling the steps of a run while it goes on.
 *
 * Each NOTICE goes to the client at once and wakes it up, which costs more
 * than a small revision does.  Rule: people see each step when it begins; but
 * where hundreds of steps go by, as on a new database, they come some tenths
 * of a second's worth at a time, none left out.
 */
#include "postgres.h"

#include "engine/echo.h"

/* So many steps are told one by one. */
#define TOLD_SINGLY 100

/* Then at most once in so many microseconds. */
#define INTERVAL 100000

ZmEcho *
zm_echo_create(void)
{
	ZmEcho *echo = palloc0(sizeof(ZmEcho));

	initStringInfo(&echo->held);
	return echo;
}

void
zm_echo_tell(ZmEcho *echo, const char *title)
{
	instr_time since;

	if (echo->held.len > 0)
		appendStringInfoChar(&echo->held, '\n');
	appendStringInfoString(&echo->held, title);
	if (echo->told++ >= TOLD_SINGLY)
	{
		INSTR_TIME_SET_CURRENT(since);
		INSTR_TIME_SUBTRACT(since, echo->last);
		if (INSTR_TIME_GET_MICROSEC(since) < INTERVAL)
			return;
	}
	zm_echo_flush(echo);
}

void
zm_echo_flush(ZmEcho *echo)
{
	if (echo->held.len == 0)
		return;
	ereport(NOTICE, (errmsg_internal("%s", echo->held.data)));
	resetStringInfo(&echo->held);
	INSTR_TIME_SET_CURRENT(echo->last);
}
