/*
 * steps.h
 *
 * The steps of a difference while they are put in order.
 *
 * A step can be said together with another one: a column in its table's
 * CREATE, the drop of an index in that of its table.  It then points to it,
 * and counts as the other one in the order.
 */
#ifndef ZM_STEPS_H
#define ZM_STEPS_H

#include "diff/diff_internal.h"

typedef struct ZmStepNode ZmStepNode;
struct ZmStepNode
{
	ZmChange *change;
	ZmPhase phase;
	ZmStepNode *into; /* said together with that one; NULL: by itself */
	bool silent;	  /* ... which does it unasked */
	bool tied;		  /* ... and could not be said apart */
	int number;		  /* in nodes */
	int rank;		  /* which of several possible ones comes first */
	int component;	  /* of the graph: cycles share one */
	ZmStep *step;	  /* once it is in order */
	int place;		  /* ... of the step in that order */
};

typedef struct ZmEdge
{
	int before;
	int after;
} ZmEdge;

typedef struct ZmSteps
{
	ZmDiff *diff;
	ZmStepNode **nodes;
	int nnodes;
	ZmStepNode *(*by_change)[ZM_PHASE_COUNT]; /* by the change's number */
	ZmEdge *edges;
	int nedges;
	int edges_room;
	List **circles; /* by number: ZmChange *, see circles.c */
} ZmSteps;

/* steps.c: nodes and edges. */
extern ZmSteps *zm_steps_build(ZmDiff *diff);
extern void zm_steps_free(ZmSteps *steps);
extern ZmStepNode *zm_steps_node(const ZmSteps *steps, const ZmChange *change,
								 ZmPhase phase);
/* The one has to be done before the other; NULL is nothing to be done. */
extern void zm_steps_edge(ZmSteps *steps, const ZmStepNode *before,
						  const ZmStepNode *after);
/* The object of the side that the phase is about. */
extern ZmObject *zm_node_object(const ZmStepNode *node);
/* The node that it is said with in the end, itself if with none. */
extern ZmStepNode *zm_node_root(ZmStepNode *node);

/* steps_types.c: edges of a table that is altered and is of a type, or becomes
 * so; of the drop of what needs a column whose type is altered with that of its
 * table, or that becomes text. */
extern void zm_order_typed(ZmSteps *steps, const ZmChange *change);
extern void zm_order_followed(ZmSteps *steps, const ZmStepNode *drop,
							  const ZmObject *column);
extern void zm_order_detour(ZmSteps *steps, const ZmStepNode *drop,
							const ZmObject *column);

/* circles.c: who is in which circle. */
extern void zm_find_circles(ZmSteps *steps);
extern bool zm_in_one_circle(const ZmSteps *steps, const ZmChange *change,
							 const ZmChange *other);
/* Is it called after its alteration as it was before? */
extern bool zm_stays_callable(const ZmChange *change);
/* Edges to a step from all in the circle that this one is in. */
extern void zm_await_circle(ZmSteps *steps, const ZmChange *member,
							const ZmStepNode *make);

/* rules_foreign.c: edges to the step in which a wrapper gets its validator. */
extern void zm_order_validator(ZmSteps *steps, const ZmChange *change);

/* rules_sequence.c: edges to the step in which a sequence comes to a column. */
extern void zm_order_link(ZmSteps *steps, const ZmChange *change);

/* row_holders.c: edges between a change of a column and those of columns that
 * hold rows of its table. */
extern void zm_order_row_holders(ZmSteps *steps, const ZmChange *change);

/* overloads.c: routines that must not be found any more; edges from where one
 * is renamed for that. */
extern void zm_find_overloads(ZmDiff *diff);
extern void zm_order_overloads(ZmSteps *steps, const ZmChange *change);
/* Takes out, when all is in order, what it turns out not to need. */
extern void zm_spare_overloads(ZmSteps *steps);

/* steps_targets.c: edges from the drop of keys that a foreign key, when it is
 * made, must not find. */
extern void zm_order_targets(ZmSteps *steps, const ZmChange *change);

/* steps_names.c: edges between who gives a name up and who takes it. */
extern void zm_order_names(ZmSteps *steps);

/* fold.c: what is said together. */
extern void zm_steps_fold(ZmSteps *steps);

/* steps_places.c: edges between who gives up a place in a partitioned table and
 * who takes one.  Asked when it is known what is said together. */
extern void zm_order_places(ZmSteps *steps);

/* components.c: numbers the strongly connected components of the nodes that
 * stand by themselves; returns how many nodes stand in one of several. */
extern int zm_steps_components(ZmSteps *steps);

/* untangle.c: resolves cycles.  Returns false if the changes themselves are
 * now others and the steps have to be built anew. */
extern bool zm_steps_untangle(ZmSteps *steps);

#endif /* ZM_STEPS_H */
