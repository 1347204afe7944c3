/*
 * protocol.h
 *
 * What a session and its worker share: one segment, with a fixed part, the
 * request, and a queue for what the worker says.
 */
#ifndef ZM_WORKER_PROTOCOL_H
#define ZM_WORKER_PROTOCOL_H

#include "datatype/timestamp.h"

#define ZM_WORKER_MAGIC 0x5a4d5752

/* Keys of the segment's table of contents. */
#define ZM_WORKER_KEY_FIXED 1
#define ZM_WORKER_KEY_REQUEST 2
#define ZM_WORKER_KEY_QUEUE 3

#define ZM_WORKER_QUEUE_SIZE 65536

/* An answer is sent in pieces of this size. */
#define ZM_WORKER_PIECE 1048576

/* Messages besides those of the protocol between server and client. */
#define ZM_WORKER_MESSAGE_ANSWER 'd'
#define ZM_WORKER_MESSAGE_DONE 'Z'

typedef struct ZmWorkerFixed
{
	Oid authenticated_user;
	Oid current_user;
	Oid database;
} ZmWorkerFixed;

/* For workers that nobody waits for: what fits into bgw_extra. */
typedef struct ZmWorkerErrand
{
	Oid authenticated_user;
	Oid database;
	char request[NAMEDATALEN];
} ZmWorkerErrand;

#endif /* ZM_WORKER_PROTOCOL_H */
