/*
 * watch.h
 *
 * What a session tells of its worker while it waits for it.
 */
#ifndef ZM_WATCH_H
#define ZM_WATCH_H

#include "worker/worker.h"

typedef struct ZmWatch ZmWatch;

/*
 * In the current context.  The session has to be in a transaction that has no
 * snapshot (zm_spi_commit()).  tenant is named in what is told; NULL: none is.
 */
extern ZmWatch *zm_watch_create(ZmWorker *worker, const char *tenant);
extern void zm_watch_destroy(ZmWatch *watch);

/*
 * Looks once, and tells the client by NOTICE who is in the worker's way, and
 * how far a long statement is.  Returns the milliseconds after which it wants
 * to be called again.  Leaves no snapshot and no lock behind.
 */
extern long zm_watch_tick(ZmWatch *watch);

#endif /* ZM_WATCH_H */
