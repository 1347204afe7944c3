/*
 * steps_names.c
 *
 * A name must be free before it is taken.
 */
#include "postgres.h"

#include "diff/rules.h"
#include "diff/steps.h"
#include "util/string_hash.h"

/* Names that are given up. */
typedef struct NameEntry
{
	char *name; /* the key: namespace and name as one text */
	ZmStepNode *drop;
} NameEntry;

static List *name_keys(const ZmObject *object);
static char *name_key(const ZmObject *object);

/* Whoever takes a name waits until it is given up. */
void
zm_order_names(ZmSteps *steps)
{
	HTAB *names = zm_string_hash("zishu_migrate names", sizeof(NameEntry));

	for (int i = 0; i < steps->nnodes; i++)
	{
		ZmStepNode *node = steps->nodes[i];
		ListCell *lc;

		if (node->change->aside ||
			node->phase !=
				(node->change->overloads ? ZM_PHASE_ASIDE : ZM_PHASE_DROP))
			continue;
		foreach (lc, name_keys(node->change->old))
		{
			NameEntry *entry =
				hash_search(names, &lfirst(lc), HASH_ENTER, NULL);

			entry->drop = node;
		}
	}
	for (int i = 0; i < steps->nnodes; i++)
	{
		ZmStepNode *node = steps->nodes[i];
		ListCell *lc;

		if (node->phase != ZM_PHASE_CREATE)
			continue;
		foreach (lc, name_keys(node->change->new))
		{
			NameEntry *entry =
				hash_search(names, &lfirst(lc), HASH_FIND, NULL);

			if (entry)
				zm_steps_edge(steps, entry->drop, node);
		}
	}
	hash_destroy(names);
}

/* What nothing else can have beside it: its name, and a primary key that its
 * table has one. */
static List *
name_keys(const ZmObject *object)
{
	char *name = name_key(object);
	List *keys = name ? list_make1(name) : NIL;

	if (zm_is_kind(object, ZM_KIND_CONSTRAINT) &&
		zm_is(object, "type", "primary key"))
		keys = lappend(keys, psprintf("p %s", object->parent->identity));
	return keys;
}

/* NULL: nothing of another kind can be in the way.  Relations and types are
 * told together, since a relation's row type takes a type's name. */
static char *
name_key(const ZmObject *object)
{
	ZmKindId kind = zm_kind_id(object->kind);

	if (kind == ZM_KIND_CONSTRAINT && zm_constraint_has_index(object))
		return psprintf("r %s.%s", object->schema, object->name);
	if (kind == ZM_KIND_CONSTRAINT || kind == ZM_KIND_FOREIGN_KEY)
		return psprintf("c %s", object->identity);
	switch (object->kind->names)
	{
		case ZM_NAMES_RELATION:
		case ZM_NAMES_TYPE:
			return psprintf("r %s.%s", object->schema, object->name);
		case ZM_NAMES_ROUTINE:
			return psprintf("f %s", kind == ZM_KIND_AGGREGATE
										? zm_get(object, "signature")
										: object->identity);
		case ZM_NAMES_OWN:
			break;
	}
	return NULL;
}
