/*
 * keeper.c
 *
 * The worker that makes a scratch database and drops it.
 *
 * Rule: what it has made it drops before it ends, whether it is told to or
 * finds that its session is gone.  Only the end of the server, or somebody
 * who ends just this process, can keep it from that.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "utils/snapmgr.h"

#include "scratch/scratch.h"
#include "scratch/scratch_internal.h"
#include "worker/worker.h"

extern PGDLLEXPORT void zm_scratch_keeper_main(Datum main_arg);

static void serve_request(const char *request, Size length);
static void drop_leftovers(void);
static void create(void);
static void drop(void);
static void keep_picture(const char *what, Size length);

/* Empty: there is none, now. */
static char name[NAMEDATALEN];

static void (*keep)(const char *what, Size length);

void
zm_scratch_keeper_main(Datum main_arg)
{
	zm_scratch_keeper_serve(main_arg, NULL);
}

void
zm_scratch_keeper_serve(Datum main_arg,
						void (*keep_it)(const char *what, Size length))
{
	static const ZmWorkerService service = {serve_request, drop};

	keep = keep_it;
	zm_worker_serve(main_arg, &service);
}

static void
serve_request(const char *request, Size length)
{
	Size prefix = strlen(ZM_KEEPER_KEEP);

	if (length > prefix && memcmp(request, ZM_KEEPER_KEEP, prefix) == 0)
		keep_picture(request + prefix, length - prefix);
	else if (strncmp(request, ZM_KEEPER_CREATE, length) == 0)
	{
		drop_leftovers();
		create();
	}
	else
		drop();
}

static void
drop_leftovers(void)
{
	ListCell *lc;

	foreach (lc, zm_leftovers())
	{
		const char *leftover = lfirst(lc);

		CHECK_FOR_INTERRUPTS();
		zm_database_unsubscribe(leftover);
		zm_database_drop(leftover);
	}
}

static void
create(void)
{
	strlcpy(name, zm_scratch_name(), NAMEDATALEN);
	zm_worker_answer(psprintf("%u", zm_database_create(name)));
}

static void
drop(void)
{
	if (name[0] == '\0')
		return;
	zm_database_unsubscribe(name);
	zm_database_drop(name);
	name[0] = '\0';
}

/* Once the database is gone: what fails here leaves nothing behind. */
static void
keep_picture(const char *what, Size length)
{
	Assert(keep && name[0] == '\0');
	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	keep(what, length);
	PopActiveSnapshot();
	CommitTransactionCommand();
}
