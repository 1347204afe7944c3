/*
 * builder.c
 *
 * The worker that runs steps in a scratch database.
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"

#include "schema/snapshot.h"
#include "scratch/scratch_internal.h"
#include "worker/run_script.h"
#include "worker/worker.h"

extern PGDLLEXPORT void zm_scratch_builder_main(Datum main_arg);

static void run_step(const char *request, Size length);
static void send_picture(void);

void
zm_scratch_builder_main(Datum main_arg)
{
	static const ZmWorkerService service = {run_step, NULL};

	zm_protect_cluster();
	zm_worker_serve(main_arg, &service);
}

static void
run_step(const char *request, Size length)
{
	const char *label = request + 1;
	const char *script = label + strlen(label) + 1;

	zm_run_script(label,
				  zm_script_from_cstring(script, request + length - script));
	if (request[0] == ZM_BUILDER_PICTURE)
		send_picture();
}

static void
send_picture(void)
{
	StartTransactionCommand();
	zm_worker_answer(zm_snapshot_text());
	CommitTransactionCommand();
}
