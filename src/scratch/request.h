/*
 * request.h
 *
 * How steps and pictures travel between a session and the worker in a scratch
 * database: texts, each behind its length.
 */
#ifndef ZM_SCRATCH_REQUEST_H
#define ZM_SCRATCH_REQUEST_H

#include "lib/stringinfo.h"

#include "scratch/scratch.h"

/* Whatever is called so is ours. */
#define ZM_SCRATCH_PREFIX "zishu_scratch_"

extern void zm_scratch_put(StringInfo out, const char *text);
/* The next text, and *in behind it; NULL at the end. */
extern char *zm_scratch_next(const char **in);

extern void zm_scratch_put_step(StringInfo out, const ZmScratchStep *step);
/* false at the end */
extern bool zm_scratch_next_step(const char **in, ZmScratchStep *step);

#endif /* ZM_SCRATCH_REQUEST_H */
