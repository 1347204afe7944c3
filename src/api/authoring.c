/*
 * authoring.c
 *
 * zishu_revision, zishu_merge, zishu_edit, zishu_remove.
 *
 * Rule: decode the arguments, call the engine, return the revision's id.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "api/args.h"
#include "engine/author.h"
#include "report/autogenerate.h"

PG_FUNCTION_INFO_V1(zishu_revision);
PG_FUNCTION_INFO_V1(zishu_merge);
PG_FUNCTION_INFO_V1(zishu_edit);
PG_FUNCTION_INFO_V1(zishu_remove);

static bool generate(char **upgrade, char **downgrade);
static char *merge_message(int n, char **heads);

/* zishu_revision(message, upgrade, downgrade, rev_id, head, splice,
 * branch_label, depends_on, autogenerate) */
Datum
zishu_revision(PG_FUNCTION_ARGS)
{
	ZmNewRevision wanted = {0};
	char *message = zm_arg_string(fcinfo, 0);
	char *upgrade = zm_arg_string(fcinfo, 1);
	char *downgrade = zm_arg_string(fcinfo, 2);

	zm_begin_change("zishu_revision()");
	wanted.id = zm_arg_string(fcinfo, 3);
	wanted.heads = zm_arg_strings(fcinfo, 4, "head", &wanted.nheads);
	wanted.splice = zm_arg_bool(fcinfo, 5);
	wanted.labels = zm_arg_strings(fcinfo, 6, "branch_label", &wanted.nlabels);
	wanted.depends = zm_arg_strings(fcinfo, 7, "depends_on", &wanted.ndepends);
	if (zm_arg_bool(fcinfo, 8) && !generate(&upgrade, &downgrade))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(zm_author_revision(
		&wanted, message ? message : "empty message", upgrade, downgrade)));
}

/* Fills in the scripts; false: there is nothing to do. */
static bool
generate(char **upgrade, char **downgrade)
{
	ZmGenerated *generated;

	if (*upgrade || *downgrade)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("scripts cannot be given where they are generated"),
				 errhint("Leave out upgrade and downgrade, or "
						 "autogenerate.")));
	generated = zm_autogenerate();
	if (generated == NULL)
	{
		ereport(NOTICE,
				(errmsg("the schema is as the model wants it: no revision "
						"was stored")));
		return false;
	}
	*upgrade = generated->upgrade;
	*downgrade = generated->downgrade;
	return true;
}

/* zishu_merge(revisions, message, branch_label, rev_id, splice) */
Datum
zishu_merge(PG_FUNCTION_ARGS)
{
	ZmNewRevision wanted = {0};
	char *message = zm_arg_string(fcinfo, 1);

	zm_begin_change("zishu_merge()");
	wanted.heads = zm_arg_some_strings(
		fcinfo, 0, "revisions",
		"Name the heads to merge, or leave them out to merge all.",
		&wanted.nheads);
	wanted.labels = zm_arg_strings(fcinfo, 2, "branch_label", &wanted.nlabels);
	wanted.id = zm_arg_string(fcinfo, 3);
	wanted.splice = zm_arg_bool(fcinfo, 4);
	PG_RETURN_TEXT_P(cstring_to_text(zm_author_revision(
		&wanted,
		message ? message : merge_message(wanted.nheads, wanted.heads), "",
		"")));
}

/* zishu_edit(revision, upgrade, downgrade, message) */
Datum
zishu_edit(PG_FUNCTION_ARGS)
{
	zm_begin_change("zishu_edit()");
	PG_RETURN_TEXT_P(cstring_to_text(zm_author_edit(
		zm_arg_text(fcinfo, 0, "revision"), zm_arg_string(fcinfo, 1),
		zm_arg_string(fcinfo, 2), zm_arg_string(fcinfo, 3))));
}

/* zishu_remove(revision) */
Datum
zishu_remove(PG_FUNCTION_ARGS)
{
	zm_begin_change("zishu_remove()");
	PG_RETURN_TEXT_P(
		cstring_to_text(zm_author_remove(zm_arg_text(fcinfo, 0, "revision"))));
}

static char *
merge_message(int n, char **heads)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoString(&text, "merge ");
	for (int i = 0; i < n; i++)
		appendStringInfo(&text, "%s%s", i > 0 ? ", " : "", heads[i]);
	return text.data;
}
