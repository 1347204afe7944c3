/*
 * state.h
 *
 * The states that a schema can be in, by name.
 */
#ifndef ZM_STATE_H
#define ZM_STATE_H

#include "object/object.h"

/*
 * The schema that a name stands for, indexed, in the current context:
 *	 live		as it is in this database now
 *	 model		as the model wants it
 *	 empty		nothing but what a new database has
 *	 head, heads, a revision	as the migrations up to there make it
 *	 the canonical text of a schema, as zishu_snapshot() gives it
 * Others than live and empty are built in a scratch database.
 */
extern ZmSchema *zm_state(const char *name);

/* Two of them, and faster if one is live and the other one is built. */
extern void zm_states(const char *source, const char *target, ZmSchema **from,
					  ZmSchema **to);

/* Is it the name of the schema as it is now? */
extern bool zm_state_is_live(const char *name);

#endif /* ZM_STATE_H */
