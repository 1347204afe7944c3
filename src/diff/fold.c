/*
 * fold.c
 *
 * What is said together.
 *
 * Parts are made in the CREATE of what they are parts of, and go with its
 * DROP; some objects follow another one without being told (a partition's
 * index its parent's).
 */
#include "postgres.h"

#include "diff/steps.h"

static void fold_node(ZmSteps *steps, ZmStepNode *node);
static bool follow(ZmSteps *steps, ZmStepNode *node);
static bool never_alone(const ZmStepNode *node);

void
zm_steps_fold(ZmSteps *steps)
{
	for (int i = 0; i < steps->nnodes; i++)
		(void) follow(steps, steps->nodes[i]);
	for (int i = 0; i < steps->nnodes; i++)
	{
		if (steps->nodes[i]->into == NULL)
			fold_node(steps, steps->nodes[i]);
	}
}

/* Does another object's step do the same for this one? */
static bool
follow(ZmSteps *steps, ZmStepNode *node)
{
	ZmObject *object = zm_node_object(node);
	const ZmRules *rules = zm_rules(object->kind);
	ZmObject *carrier;
	ZmChange *change;

	if (rules->carrier == NULL ||
		(node->phase != ZM_PHASE_DROP && node->phase != ZM_PHASE_CREATE))
		return false;
	carrier = rules->carrier(steps->diff, object, node->phase);
	if (carrier == NULL || carrier == object)
		return false;
	change = node->phase == ZM_PHASE_DROP
				 ? zm_old_change(steps->diff, carrier)
				 : zm_new_change(steps->diff, carrier);
	if (change == NULL)
		return false;
	node->into = zm_steps_node(steps, change, node->phase);
	node->silent = node->into != NULL;
	node->tied = node->silent;
	return node->silent;
}

static void
fold_node(ZmSteps *steps, ZmStepNode *node)
{
	ZmObject *object = zm_node_object(node);
	ZmChange *parent;
	ZmStepNode *whole;

	if (object->parent == NULL)
		return;
	if (node->phase == ZM_PHASE_DROP)
		parent = zm_old_change(steps->diff, object->parent);
	else if (node->phase == ZM_PHASE_CREATE && object->kind->folds)
		parent = zm_new_change(steps->diff, object->parent);
	else
		return;
	if (parent == NULL)
		return;
	/* What waits for its columns gives up its constraints before: they may
	 * need what does not wait. */
	if (node->phase == ZM_PHASE_DROP && parent->aside &&
		zm_is_kind(object, ZM_KIND_DOMAIN_CONSTRAINT))
		return;
	whole = zm_steps_node(steps, parent, node->phase);
	if (whole == NULL)
		return;
	if (node->phase == ZM_PHASE_CREATE)
	{
		const ZmRules *rules = zm_rules(object->kind);

		if (rules->folds && !rules->folds(object))
			return;
		/* What comes by itself does not bring this part along. */
		if (whole->silent)
			return;
	}
	node->into = whole;
	node->silent = node->phase == ZM_PHASE_DROP;
	node->tied = never_alone(node);
}

/* A column of a new table, a view or a type has no statement of its own. */
static bool
never_alone(const ZmStepNode *node)
{
	ZmKindId kind = zm_kind_id(zm_node_object(node)->kind);

	return kind == ZM_KIND_COLUMN || kind == ZM_KIND_ATTRIBUTE;
}
