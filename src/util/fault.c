/*
 * fault.c
 *
 * Points at which tests make a process fail.
 *
 * Rule: points are counted in the process, so that a test can walk through
 * all of them without knowing where they are; whoever passes the last one
 * finds that nothing happened.
 */
#include "postgres.h"

#ifdef USE_ASSERT_CHECKING

#include <signal.h>

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "pgstat.h"
#include "utils/wait_event.h"

#include "guc.h"
#include "util/fault.h"

static void fail(void);
static void stand_still(void);

void
zm_fault_point(void)
{
	static int passed = 0;

	if (zm_fault_at > 0 && ++passed == zm_fault_at)
		fail();
}

static void
fail(void)
{
	if (strcmp(zm_fault, "kill") == 0)
		kill(MyProcPid, SIGKILL);
	else if (strcmp(zm_fault, "exit") == 0)
		ereport(FATAL, (errcode(ERRCODE_ADMIN_SHUTDOWN),
						errmsg("fault point %d", zm_fault_at)));
	else if (strcmp(zm_fault, "stop") == 0)
		stand_still();
	else
		ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
						errmsg("fault point %d", zm_fault_at)));
}

/* Until somebody ends it. */
static void
stand_still(void)
{
	for (;;)
	{
		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, -1,
						 PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
	}
}

#endif
