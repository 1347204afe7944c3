/*
 * order_internal.h
 *
 * The state that order.c and blocker.c share.
 */
#ifndef ZM_ORDER_INTERNAL_H
#define ZM_ORDER_INTERNAL_H

#include "graph/graph_internal.h"

typedef enum ZmRole
{
	ZM_OUTSIDE, /* not above or below anything that matters */
	ZM_LISTED,	/* to be taken */
	ZM_PASSED,	/* not listed, but stands between listed ones */
	ZM_SETTLED	/* taken or passed */
} ZmRole;

/* A place of the frontier. */
typedef struct ZmSlot
{
	ZmRev rev; /* ZM_NOWHERE once the place is closed */
	int previous;
	int next;
	int next_open; /* closed: a place behind it with none open between */
} ZmSlot;

typedef struct ZmBlockers ZmBlockers;

typedef struct ZmOrder
{
	const ZmGraph *graph;
	int nlisted;
	uint8 *role;  /* by revision: ZmRole */
	int *waiting; /* by revision: children that are not settled */

	/* The frontier: places in order, linked because some close */
	ZmSlot *slots;
	int nslots;
	int first;
	int last;
	int *slot_of; /* by revision: its place, or -1 */

	ZmRevs settling;	  /* used within settle() */
	ZmBlockers *blockers; /* of blocker.c, NULL until first needed */
} ZmOrder;

/* What zm_order_blocker() returns when there is none. */
#define ZM_NO_BLOCKER (-2)

extern int zm_order_blocker(ZmOrder *order, ZmRev candidate);

#endif /* ZM_ORDER_INTERNAL_H */
