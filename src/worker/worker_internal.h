/*
 * worker_internal.h
 *
 * The session's side of a worker, as launch.c and relay.c share it.
 */
#ifndef ZM_WORKER_INTERNAL_H
#define ZM_WORKER_INTERNAL_H

#include "lib/stringinfo.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/shm_mq.h"

#include "worker/worker.h"

struct ZmWorker
{
	const char *name;
	dsm_segment *segment;
	BackgroundWorkerHandle *handle;
	shm_mq_handle *requests;
	shm_mq_handle *replies;
	bool cleans_up;
	StringInfoData answer; /* what has come of it */
};

#endif /* ZM_WORKER_INTERNAL_H */
