/*
 * files.c
 *
 * zishu_load, zishu_import, zishu_export.
 *
 * Rule: files of the server are read only for those who may read them anyhow;
 * what comes in from either side goes one way, through zm_accept_files().
 */
#include "postgres.h"

#include "catalog/pg_authid.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"

#include "api/args.h"
#include "engine/author.h"
#include "errors.h"
#include "util/directory.h"
#include "util/rows.h"

PG_FUNCTION_INFO_V1(zishu_load);
PG_FUNCTION_INFO_V1(zishu_import);
PG_FUNCTION_INFO_V1(zishu_export);
PG_FUNCTION_INFO_V1(zishu_export_one);

static void check_format(const char *format);
static void return_accepted(FunctionCallInfo fcinfo, List *files);
static void return_file(ZmStoredRevision *revision, void *arg);

/* zishu_load(directory, format) */
Datum
zishu_load(PG_FUNCTION_ARGS)
{
	char *directory = zm_arg_text(fcinfo, 0, "directory");
	List *files = NIL;
	ListCell *lc;

	zm_begin_change("zishu_load()");
	check_format(zm_arg_text(fcinfo, 1, "format"));
	if (!has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to read files of the server"),
				 errdetail("zishu_load() needs the rights of the role "
						   "pg_read_server_files."),
				 errhint("zishu_import() takes the files from the client: "
						 "scripts/run_migrations.sh load uses it.")));
	canonicalize_path(directory);
	foreach (lc, zm_read_directory(directory, ".sql"))
	{
		const ZmFile *file = lfirst(lc);

		files = lappend(files, zm_revision_file_parse(
								   file->name, file->content, file->length));
	}
	if (files == NIL)
		ereport(NOTICE,
				(errmsg("directory \"%s\" has no .sql files", directory)));
	return_accepted(fcinfo, files);
	return (Datum) 0;
}

/* zishu_import(format, names, contents) */
Datum
zishu_import(PG_FUNCTION_ARGS)
{
	int nnames;
	int ncontents;
	char **names;
	char **contents;
	List *files = NIL;

	zm_begin_change("zishu_import()");
	zm_arg_required(fcinfo, 1, "names");
	zm_arg_required(fcinfo, 2, "contents");
	names = zm_arg_strings(fcinfo, 1, "names", &nnames);
	contents = zm_arg_strings(fcinfo, 2, "contents", &ncontents);
	check_format(zm_arg_text(fcinfo, 0, "format"));
	if (nnames != ncontents)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("names and contents differ in length"),
						errdetail("There are %d names and %d contents.",
								  nnames, ncontents)));
	for (int i = 0; i < nnames; i++)
	{
		/* Files are UTF-8, whatever the database is. */
		char *content =
			pg_server_to_any(contents[i], strlen(contents[i]), PG_UTF8);

		files = lappend(
			files, zm_revision_file_parse(names[i], content, strlen(content)));
	}
	return_accepted(fcinfo, files);
	return (Datum) 0;
}

/* zishu_export(): name, content of all */
Datum
zishu_export(PG_FUNCTION_ARGS)
{
	ZmRowSet rows;

	zm_rowset_begin(&rows, fcinfo);
	zm_store_each_revision(-1, NULL, return_file, &rows);
	return (Datum) 0;
}

/* zishu_export(revision) */
Datum
zishu_export_one(PG_FUNCTION_ARGS)
{
	char *ident = zm_arg_text(fcinfo, 0, "revision");
	ZmGraph *graph = zm_store_graph(NULL);
	ZmRev rev = zm_resolve_one(graph, ident);
	ZmStoredRevision *revision;

	if (rev == ZM_BASE)
		PG_RETURN_NULL();
	revision = zm_store_revision(zm_graph_node(graph, rev)->id);
	PG_RETURN_TEXT_P(cstring_to_text(
		zm_revision_file_format(zm_file_of_revision(revision))));
}

static void
check_format(const char *format)
{
	if (strcmp(format, "auto") != 0 && strcmp(format, "native") != 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("unknown format \"%s\"", format),
						errhint("The formats are \"auto\" and \"native\".")));
}

static void
return_accepted(FunctionCallInfo fcinfo, List *files)
{
	ZmRowSet rows;
	ListCell *lc;

	zm_rowset_begin(&rows, fcinfo);
	foreach (lc, zm_accept_files(files))
	{
		const ZmAccepted *accepted = lfirst(lc);

		zm_rowset_put_text(&rows, accepted->revision);
		zm_rowset_put_text(&rows, accepted->action);
		zm_rowset_finish_row(&rows);
	}
}

static void
return_file(ZmStoredRevision *revision, void *arg)
{
	ZmRowSet *rows = arg;
	ZmRevisionFile *file = zm_file_of_revision(revision);

	CHECK_FOR_INTERRUPTS();
	zm_rowset_put_text(rows, file->name);
	zm_rowset_put_text(rows, zm_revision_file_format(file));
	zm_rowset_finish_row(rows);
}
