/*
 * online_retry.c
 *
 * Trying again what other sessions were in the way of.
 *
 * A statement that waits for a strong lock makes everybody wait who comes
 * after it.  Rule: it waits no longer than lock_timeout, then gives way, and
 * nothing of it is held while it pauses.
 */
#include "postgres.h"

#include "common/pg_prng.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/latch.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

#include "engine/online_internal.h"
#include "guc.h"

/* Pauses in milliseconds: they double, and each is shorter or longer by up to
 * half of it, so that two runs don't meet again and again. */
#define FIRST_PAUSE 250
#define LONGEST_PAUSE 8000

static bool is_cured_by_time(const ErrorData *error);
static long next_pause(int tries);

bool
zm_online_retry(ZmPassage *passage, const ErrorData *error)
{
	if (!is_cured_by_time(error) || passage->tries >= zm_lock_retries)
		return false;
	passage->pause = next_pause(passage->tries++);
	zm_echo_flush(passage->run->echo);
	ereport(NOTICE,
			(errmsg("%s; trying again in %.1f s (%d of %d)", error->message,
					passage->pause / 1000.0, passage->tries, zm_lock_retries),
			 error->context ? errcontext_msg("%s", error->context) : 0));
	return true;
}

void
zm_online_pause(ZmPassage *passage)
{
	TimestampTz end =
		TimestampTzPlusMilliseconds(GetCurrentTimestamp(), passage->pause);
	long left;

	passage->pause = 0;
	while ((left = TimestampDifferenceMilliseconds(GetCurrentTimestamp(),
												   end)) > 0)
	{
		(void) WaitLatch(MyLatch,
						 WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, left,
						 PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
	}
}

static bool
is_cured_by_time(const ErrorData *error)
{
	return error->sqlerrcode == ERRCODE_LOCK_NOT_AVAILABLE ||
		   error->sqlerrcode == ERRCODE_T_R_DEADLOCK_DETECTED;
}

static long
next_pause(int tries)
{
	double pause = FIRST_PAUSE;

	for (int i = 0; i < tries && pause < LONGEST_PAUSE; i++)
		pause *= 2;
	pause = Min(pause, LONGEST_PAUSE);
	return (long) (pause * (0.5 + pg_prng_double(&pg_global_prng_state)));
}
