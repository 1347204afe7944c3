/*
 * build.c
 *
 * Schemas that exist nowhere yet: built in a scratch database, and kept by
 * the digest of what they were built from.
 *
 * Rule: the digest covers all that the result depends on: the scripts, the
 * server, the database's encoding and locale, and the role.
 */
#include "postgres.h"

#include "common/cryptohash.h"
#include "miscadmin.h"

#include "errors.h"
#include "report/build.h"
#include "schema/snapshot.h"
#include "scratch/scratch.h"
#include "store/store.h"

extern PGDLLEXPORT void zm_picture_keeper_main(Datum main_arg);

static ZmRevs plan_revision(ZmGraph *graph, const char *ident);
static void name_states(void *arg);
static ZmSchema *build(List *steps, ZmSchema **live);
static void keep_picture(const char *what, Size length);
static ZmScratchStep *make_step(char *label, const char *script);
static void digest_steps(List *steps, uint8 *digest);
static void add_text(pg_cryptohash_ctx *hash, const char *text);

ZmSchema *
zm_build_model(ZmSchema **live)
{
	List *steps = NIL;
	ListCell *lc;

	foreach (lc, zm_store_model())
	{
		const ZmModelPiece *piece = lfirst(lc);

		steps = lappend(steps,
						make_step(psprintf("model piece \"%s\"", piece->name),
								  piece->ddl));
	}
	if (steps == NIL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("there is no model"),
				 errhint("zishu_load_model(directory) or zishu_model(name, "
						 "ddl) says what the schema should be.")));
	return build(steps, live);
}

ZmSchema *
zm_build_revision(const char *ident, ZmSchema **live)
{
	ZmGraph *graph = zm_store_graph(NULL);
	ZmRevs plan = plan_revision(graph, ident);
	List *steps = NIL;

	for (int i = 0; i < plan.count; i++)
	{
		const char *id = zm_graph_node(graph, plan.revs[i])->id;
		ZmScript *script = zm_store_script(id, true);

		steps = lappend(steps,
						make_step(psprintf("upgrade of revision \"%s\"", id),
								  script ? script->text : ""));
	}
	if (steps == NIL)
		steps = list_make1(make_step("base", ""));
	return build(steps, live);
}

/* What leads to it from nothing. */
static ZmRevs
plan_revision(ZmGraph *graph, const char *ident)
{
	ErrorContextCallback context = {error_context_stack, name_states, NULL};
	ZmRevs none = {0};
	ZmRevs plan;

	error_context_stack = &context;
	plan = zm_plan_upgrade(graph, &none, ident);
	error_context_stack = context.previous;
	return plan;
}

/* A state that is none of the others is taken for a revision's. */
static void
name_states(void *arg)
{
	if (geterrcode() == ERRCODE_ZM_REVISION_NOT_FOUND)
		errdetail("A schema is told by \"live\", \"model\", \"empty\" or a "
				  "revision.");
}

/* The picture is taken behind the last step. */
static ZmSchema *
build(List *steps, ZmSchema **live)
{
	uint8 digest[PG_SHA256_DIGEST_LENGTH];
	ZmScratchKeeping keeping = {"zm_picture_keeper_main", digest,
								sizeof(digest)};
	ZmScratch *scratch = NULL;
	char *picture;

	((ZmScratchStep *) llast(steps))->snapshot = true;
	digest_steps(steps, digest);
	picture = zm_store_picture(digest);
	if (picture == NULL)
		scratch = zm_scratch_begin(&keeping);
	if (live)
		*live = zm_snapshot();
	if (scratch)
		picture = linitial(zm_scratch_finish(scratch, steps));
	return zm_schema_in(picture);
}

/* The picture is kept also if what it was built for fails, as a check that
 * finds differences does. */
void
zm_picture_keeper_main(Datum main_arg)
{
	zm_scratch_keeper_serve(main_arg, keep_picture);
}

static void
keep_picture(const char *what, Size length)
{
	zm_store_keep_picture((const uint8 *) what,
						  pnstrdup(what + PG_SHA256_DIGEST_LENGTH,
								   length - PG_SHA256_DIGEST_LENGTH));
}

static ZmScratchStep *
make_step(char *label, const char *script)
{
	ZmScratchStep *step = palloc0(sizeof(ZmScratchStep));

	step->label = label;
	step->script = script;
	return step;
}

static void
digest_steps(List *steps, uint8 *digest)
{
	pg_cryptohash_ctx *hash = pg_cryptohash_create(PG_SHA256);
	ListCell *lc;

	if (hash == NULL || pg_cryptohash_init(hash) < 0)
		elog(ERROR, "could not start a digest");
	add_text(hash, zm_scratch_conditions());
	foreach (lc, steps)
	{
		const ZmScratchStep *step = lfirst(lc);

		add_text(hash, step->label);
		add_text(hash, step->script);
	}
	if (pg_cryptohash_final(hash, digest, PG_SHA256_DIGEST_LENGTH) < 0)
		elog(ERROR, "could not finish a digest");
	pg_cryptohash_free(hash);
}

/* With its end, so that no two lists of texts are one. */
static void
add_text(pg_cryptohash_ctx *hash, const char *text)
{
	if (text == NULL)
		text = "";
	if (pg_cryptohash_update(hash, (const uint8 *) text, strlen(text) + 1) < 0)
		elog(ERROR, "could not compute a digest");
}
