/*
 * rename_hint.c
 *
 * Drops that look like one half of a rename.
 *
 * Rule: a rename is never guessed; the statement that drops what seems to go on
 * under another name says what to write if it was meant to be one.
 */
#include "postgres.h"

#include "utils/varlena.h"

#include "diff/inheriting.h"
#include "emit/emitters.h"
#include "util/string_hash.h"

/* So many candidates are looked at. */
#define MAX_CANDIDATES 100

/* New objects of one kind that have something in common. */
typedef struct Newcomers
{
	const char *what;
	List *objects; /* ZmObject * */
} Newcomers;

static const char *new_name(const ZmObject *old, const ZmObject *new);
static const ZmObject *look_alike(ZmEmit *emit, const ZmObject *old);
static List *new_parts(const ZmEmit *emit, const ZmObject *old);
static List *new_others(ZmEmit *emit, const ZmObject *old);
static List *newcomers(const ZmEmit *emit, const char *key);
static void collect_newcomers(ZmEmit *emit);
static void add_newcomer(ZmEmit *emit, const char *key, ZmObject *new);
static const char *same_schema(const ZmObject *object);
static const char *same_name(const ZmObject *object);
static bool is_alike(const ZmObject *old, const ZmObject *new);
static bool are_children_alike(const ZmObject *old, const ZmObject *new);
static bool takes_other_rows(const ZmObject *old, const ZmObject *new);
static bool same_columns(const ZmObject *left, const ZmObject *right);
static int distance(const ZmObject *left, const ZmObject *right);

void
zm_emit_rename_hint(ZmEmit *emit, ZmStatementOut *statement,
					const ZmObject *old)
{
	const ZmObject *other = look_alike(emit, old);

	if (other)
		zm_emit_note(statement,
					 "if it became %s, say so in the model: "
					 "-- zishu:rename %s %s %s",
					 other->identity, old->kind->name, old->identity,
					 new_name(old, other));
}

/* Where one takes the other's place, and the others stay. */
void
zm_emit_label_hints(ZmStatementOut *statement, const ZmObject *old,
					const ZmObject *new)
{
	List *labels = zm_get_list(old, "labels");
	List *new_labels = zm_get_list(new, "labels");
	ListCell *l;
	ListCell *r;

	if (list_length(labels) != list_length(new_labels))
		return;
	forboth (l, labels, r, new_labels)
	{
		const char *label = lfirst(l);
		const char *other = lfirst(r);

		if (!zm_list_has(new_labels, label) && !zm_list_has(labels, other))
			zm_emit_note(statement,
						 "if %s became %s, say so in the model: "
						 "-- zishu:rename value %s %s %s",
						 zm_literal(label), zm_literal(other), old->identity,
						 zm_literal(label), zm_literal(other));
	}
}

/* Qualified if it is in another schema. */
static const char *
new_name(const ZmObject *old, const ZmObject *new)
{
	char *name = zm_identifier(new->name);

	return zm_same_text(old->schema, new->schema)
			   ? name
			   : psprintf("%s.%s", zm_identifier(new->schema), name);
}

/* Of several, the one whose name is closest: one that has the very name has
 * moved to another schema. */
static const ZmObject *
look_alike(ZmEmit *emit, const ZmObject *old)
{
	List *candidates =
		old->parent ? new_parts(emit, old) : new_others(emit, old);
	const ZmObject *best = NULL;
	ListCell *lc;

	foreach (lc, candidates)
	{
		const ZmObject *new = lfirst(lc);

		if (is_alike(old, new) &&
			(best == NULL || distance(old, new) < distance(old, best)))
			best = new;
	}
	return best;
}

/* Of the same table. */
static List *
new_parts(const ZmEmit *emit, const ZmObject *old)
{
	const ZmObject *whole = zm_old_twin(emit->diff, old->parent);
	List *found = NIL;
	ListCell *lc;

	foreach (lc, whole ? whole->children : NIL)
	{
		ZmObject *new = lfirst(lc);

		if (new->kind == old->kind && list_length(found) < MAX_CANDIDATES &&
			!zm_new_twin(emit->diff, new))
			found = lappend(found, new);
	}
	return found;
}

/* Of the same schema, or called the same elsewhere. */
static List *
new_others(ZmEmit *emit, const ZmObject *old)
{
	if (emit->newcomers == NULL)
		collect_newcomers(emit);
	return list_concat_copy(newcomers(emit, same_schema(old)),
							newcomers(emit, same_name(old)));
}

static List *
newcomers(const ZmEmit *emit, const char *key)
{
	const Newcomers *entry =
		hash_search(emit->newcomers, &key, HASH_FIND, NULL);

	return entry ? entry->objects : NIL;
}

static void
collect_newcomers(ZmEmit *emit)
{
	ListCell *lc;

	emit->newcomers =
		zm_string_hash("zishu_migrate newcomers", sizeof(Newcomers));
	foreach (lc, emit->diff->changes)
	{
		const ZmChange *change = lfirst(lc);

		if (change->old || change->new->parent)
			continue;
		add_newcomer(emit, same_schema(change->new), change->new);
		add_newcomer(emit, same_name(change->new), change->new);
	}
}

static void
add_newcomer(ZmEmit *emit, const char *key, ZmObject *new)
{
	bool found;
	Newcomers *entry = hash_search(emit->newcomers, &key, HASH_ENTER, &found);

	if (!found)
		entry->objects = NIL;
	if (list_length(entry->objects) < MAX_CANDIDATES)
		entry->objects = lappend(entry->objects, new);
}

/* What those of a kind have in common that are in one schema, or in none. */
static const char *
same_schema(const ZmObject *object)
{
	return psprintf("%s in %s", object->kind->name,
					object->schema ? object->schema : "");
}

static const char *
same_name(const ZmObject *object)
{
	return psprintf("%s named %s", object->kind->name, object->name);
}

static bool
is_alike(const ZmObject *old, const ZmObject *new)
{
	if (zm_is_kind(old, ZM_KIND_COLUMN))
		return !zm_differs(old, new, "type");
	if (old->kind->with_table)
		return same_columns(old, new) && !takes_other_rows(old, new);
	return zm_is_same_but_name(old, new);
}

bool
zm_is_same_but_name(const ZmObject *old, const ZmObject *new)
{
	for (int i = ZM_COMMON_ATTRIBUTES; i < zm_attribute_count(old->kind); i++)
	{
		if (zm_attribute_use(old->kind, i) != ZM_INFORMATION &&
			!zm_same_text(old->attributes[i], new->attributes[i]))
			return false;
	}
	return are_children_alike(old, new);
}

static bool
are_children_alike(const ZmObject *old, const ZmObject *new)
{
	ListCell *l;
	ListCell *r;

	if (list_length(old->children) != list_length(new->children))
		return false;
	forboth (l, old->children, r, new->children)
	{
		const ZmObject *left = lfirst(l);
		const ZmObject *right = lfirst(r);

		if (left->kind != right->kind || !zm_is_same_but_name(left, right) ||
			(zm_is_kind(left, ZM_KIND_ATTRIBUTE) &&
			 strcmp(left->name, right->name) != 0))
			return false;
	}
	return true;
}

/* Two partitions that hold different rows are not one. */
static bool
takes_other_rows(const ZmObject *old, const ZmObject *new)
{
	const ZmObject *left = zm_table_partition(old);
	const ZmObject *right = zm_table_partition(new);

	return left && right && zm_differs(left, right, "bound");
}

static bool
same_columns(const ZmObject *left, const ZmObject *right)
{
	ListCell *l = list_head(left->children);
	ListCell *r = list_head(right->children);

	for (;;)
	{
		const ZmObject *lo = l ? lfirst(l) : NULL;
		const ZmObject *ro = r ? lfirst(r) : NULL;

		if (lo && lo->kind != zm_kind(ZM_KIND_COLUMN))
			lo = NULL;
		if (ro && ro->kind != zm_kind(ZM_KIND_COLUMN))
			ro = NULL;
		if (lo == NULL || ro == NULL)
			return lo == ro;
		if (strcmp(lo->name, ro->name) != 0 || zm_differs(lo, ro, "type"))
			return false;
		l = lnext(left->children, l);
		r = lnext(right->children, r);
	}
}

static int
distance(const ZmObject *left, const ZmObject *right)
{
	return varstr_levenshtein(left->name, strlen(left->name), right->name,
							  strlen(right->name), 1, 1, 1, true);
}
