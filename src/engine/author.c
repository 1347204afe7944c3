/*
 * author.c
 *
 * Writing revisions one at a time.
 *
 * Rule: what is stored here parses, has a place in the graph, and is never
 * changed or removed once it is applied anywhere.
 */
#include "postgres.h"

#include "engine/author.h"
#include "engine/inspect.h"
#include "engine/lock.h"
#include "errors.h"

static char *new_revision_id(void);
static ZmScript *author_script(const char *text, const char *action,
							   const char *revision, const char *message);
static ZmRev resolve_revision(const ZmGraph *graph, const char *ident);
static void refuse_if_unfinished(const char *id);
static void refuse_if_applied(const ZmGraph *graph, ZmRev rev);

char *
zm_author_revision(ZmNewRevision *wanted, const char *message,
				   const char *upgrade, const char *downgrade)
{
	ZmStoredRevision revision = {0};
	ZmGraph *graph;
	ZmNode *node;

	zm_lock_for_authoring();
	graph = zm_store_graph(NULL);
	if (wanted->id == NULL)
		wanted->id = new_revision_id();
	node = zm_plan_revision(graph, wanted);

	revision.id = node->id;
	revision.ndown = node->ndown;
	revision.down_ids = node->down_ids;
	revision.ndepends = node->ndepends;
	revision.depend_names = node->depend_names;
	revision.nlabels = node->nlabels;
	revision.labels = node->labels;
	revision.message = pstrdup(message);
	revision.upgrade =
		author_script(upgrade ? upgrade : "", "upgrade", node->id, message);
	if (downgrade)
		revision.downgrade =
			author_script(downgrade, "downgrade", node->id, message);
	zm_revision_digests(&revision);
	zm_store_insert_revisions(list_make1(&revision));
	return node->id;
}

char *
zm_author_edit(const char *ident, const char *upgrade, const char *downgrade,
			   const char *message)
{
	ZmStoredRevision *revision;
	ZmGraph *graph;
	ZmRev rev;
	char *id;

	zm_lock_for_authoring();
	graph = zm_store_graph(NULL);
	rev = resolve_revision(graph, ident);
	refuse_if_applied(graph, rev);
	id = zm_graph_node(graph, rev)->id;
	revision = zm_store_revision(id);

	if (message)
		revision->message = pstrdup(message);
	revision->upgrade = author_script(upgrade ? upgrade : "", "upgrade", id,
									  revision->message);
	revision->downgrade = downgrade ? author_script(downgrade, "downgrade", id,
													revision->message)
									: NULL;
	/* The file that it came from is not what it is made of any more. */
	revision->frame = NIL;
	zm_revision_digests(revision);
	zm_store_update_revisions(list_make1(revision));
	return id;
}

char *
zm_author_remove(const char *ident)
{
	ZmGraph *graph;
	const ZmNode *node;
	ZmRev rev;

	zm_lock_for_authoring();
	graph = zm_store_graph(NULL);
	rev = resolve_revision(graph, ident);
	node = zm_graph_node(graph, rev);
	if (node->all_next.count > 0)
	{
		const ZmNode *child = zm_graph_node(graph, node->all_next.revs[0]);

		ereport(ERROR, (errcode(ERRCODE_ZM_REVISION_IN_USE),
						errmsg("revision \"%s\" cannot be removed", node->id),
						errdetail("Revision \"%s\" builds on it.", child->id),
						errhint("Remove the revisions above it first.")));
	}
	refuse_if_applied(graph, rev);
	refuse_if_unfinished(node->id);
	zm_store_delete_revision(node->id);
	return node->id;
}

static void
refuse_if_unfinished(const char *id)
{
	int n;
	char **tenants = zm_store_unfinished(id, &n);

	if (n == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_ZM_REVISION_IN_USE),
			 errmsg("revision \"%s\" is half applied", id),
			 tenants[0][0] == '\0'
				 ? errdetail("An online run was interrupted in it.")
				 : errdetail("An online run was interrupted in it, for "
							 "tenant \"%s\".",
							 tenants[0]),
			 errhint("CALL zishu_upgrade_online() to finish it, or "
					 "zishu_stamp() to say where the database stands.")));
}

/* Twelve random hexadecimal digits, as Alembic's ids. */
static char *
new_revision_id(void)
{
	uint8 bytes[6];
	char *id = palloc(2 * sizeof(bytes) + 1);

	if (!pg_strong_random(bytes, sizeof(bytes)))
		ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR),
						errmsg("could not generate a revision id")));
	for (int i = 0; i < (int) sizeof(bytes); i++)
		snprintf(id + 2 * i, 3, "%02x", bytes[i]);
	return id;
}

static ZmScript *
author_script(const char *text, const char *action, const char *revision,
			  const char *message)
{
	ZmScript *script = zm_script_from_cstring(text, strlen(text));
	ZmInspection inspection;

	zm_inspect_script(script, action, revision, message, ZM_INSPECT_AUTHORED,
					  &inspection);
	return script;
}

static ZmRev
resolve_revision(const ZmGraph *graph, const char *ident)
{
	ZmRev rev = zm_resolve_one(graph, ident);

	if (rev == ZM_BASE)
		ereport(ERROR, (errcode(ERRCODE_ZM_REVISION_NOT_FOUND),
						errmsg("\"%s\" is no revision", ident)));
	return rev;
}

static void
refuse_if_applied(const ZmGraph *graph, ZmRev rev)
{
	int nrows;
	char **names = zm_store_versions(NULL, &nrows);
	ZmRevs rows = zm_resolve_rows(graph, nrows, names);

	if (!zm_graph_applied(graph, &rows)[rev])
		return;
	ereport(
		ERROR,
		(errcode(ERRCODE_ZM_REVISION_IN_USE),
		 errmsg("revision \"%s\" is applied", zm_graph_node(graph, rev)->id),
		 errhint("Downgrade below it first, or write a new revision.")));
}
