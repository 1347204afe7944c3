/*
 * scratch.h
 *
 * Databases that live for one call.
 *
 * A scratch database has the encoding and locale of the current one, belongs
 * to the caller's role and is dropped when the call ends, however it ends;
 * what a crash leaves behind is dropped by the next call.
 *
 * Rule: everything in it is done by workers, so that nothing depends on, or
 * touches, the caller's transaction.
 */
#ifndef ZM_SCRATCH_H
#define ZM_SCRATCH_H

#include "nodes/pg_list.h"

typedef struct ZmScratchStep
{
	const char *label;	/* what the script is, for errors */
	const char *script; /* SQL */
	bool snapshot;		/* take a picture behind it */
} ZmScratchStep;

/*
 * Runs the steps, one after the other, in a new database; returns the pictures
 * that were asked for, as canonical text (char *), in the current context.
 * Needs CREATEDB: 42501 otherwise.
 */
extern List *zm_scratch_run(List *steps);

/* The workers' entry points. */
extern PGDLLEXPORT void zm_scratch_create_main(Datum main_arg);
extern PGDLLEXPORT void zm_scratch_run_main(Datum main_arg);
extern PGDLLEXPORT void zm_scratch_drop_main(Datum main_arg);

#endif /* ZM_SCRATCH_H */
