/*
 * scratch.h
 *
 * Databases that live for one call.
 *
 * A scratch database is pristine, has the encoding and locale of the current
 * one, belongs to the caller's role and is dropped when the call ends, however
 * it ends; what a crash of the server leaves behind, the next call drops.
 *
 * Rule: everything in it is done by workers, so that nothing depends on, or
 * touches, the caller's transaction; and nothing that is done in it reaches
 * beyond it.
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

/* What is to be done with the first picture, in a transaction of its own that
 * the caller's fate does not touch. */
typedef struct ZmScratchKeeping
{
	const char *function; /* exported; does zm_scratch_keeper_serve() */
	const void *key;	  /* is handed to it in front of the picture */
	Size key_size;
} ZmScratchKeeping;

/*
 * Runs the steps, one after the other, in a new database; returns the pictures
 * that were asked for, as canonical text (char *), in the current context.
 * Needs CREATEDB: 42501 otherwise.  keeping may be NULL.
 */
extern List *zm_scratch_run(List *steps, const ZmScratchKeeping *keeping);

/*
 * The same in two steps, for who has something else to do while the server
 * makes the database.  After zm_scratch_begin() an error elsewhere needs no
 * care: the database goes with the (sub)transaction.  keeping must last.
 */
typedef struct ZmScratch ZmScratch;

extern ZmScratch *zm_scratch_begin(const ZmScratchKeeping *keeping);
extern List *zm_scratch_finish(ZmScratch *scratch, List *steps);

/*
 * The body of the main function of the worker that keeps the database, which
 * is connected to the caller's.  keep gets key and picture, in a transaction;
 * NULL: there is nothing to keep.
 */
extern void zm_scratch_keeper_serve(Datum main_arg,
									void (*keep)(const char *what,
												 Size length));

/*
 * All that the pictures depend on besides the steps, as text that is the same
 * if that is the same.
 */
extern char *zm_scratch_conditions(void);

#endif /* ZM_SCRATCH_H */
