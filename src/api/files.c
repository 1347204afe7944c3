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
#include "api/history.h"
#include "engine/author.h"
#include "errors.h"
#include "util/directory.h"
#include "util/rows.h"

PG_FUNCTION_INFO_V1(zishu_load);
PG_FUNCTION_INFO_V1(zishu_import);
PG_FUNCTION_INFO_V1(zishu_export);
PG_FUNCTION_INFO_V1(zishu_export_one);

static bool load_natives(const char *directory, const char *format,
						 List **natives);
static bool has_native(List *files);
static bool is_never_read(const char *name);
static List *sent_natives(int n, char **names, char **contents);
static void return_accepted(FunctionCallInfo fcinfo, List *files);
static void return_file(ZmStoredRevision *revision, void *arg);

/* zishu_load(directory, format, partial, placeholders) */
Datum
zishu_load(PG_FUNCTION_ARGS)
{
	char *directory = zm_arg_text(fcinfo, 0, "directory");
	char *format;
	ZmHistory history = {0};
	List *natives = NIL;
	ListCell *lc;

	zm_begin_change("zishu_load()");
	format = zm_arg_text(fcinfo, 1, "format");
	zm_check_format(format);
	history.placeholders = zm_arg_placeholders(fcinfo, 3);
	if (!has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to read files of the server"),
				 errdetail("zishu_load() needs the rights of the role "
						   "pg_read_server_files."),
				 errhint("zishu_import() takes the files from the client: "
						 "scripts/run_migrations.sh load uses it.")));
	if (*directory == '\0')
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("directory must not be empty")));
	canonicalize_path(directory);
	if (load_natives(directory, format, &natives))
	{
		if (natives == NIL)
			ereport(NOTICE,
					(errmsg("directory \"%s\" has no .sql files", directory)));
		return_accepted(fcinfo, natives);
		return (Datum) 0;
	}
	foreach (lc, zm_read_tree(directory, zm_history_reads))
		zm_history_add_file(&history, lfirst(lc));
	zm_history_import(&history, format, zm_arg_bool(fcinfo, 2));
	return_accepted(fcinfo, history.revisions);
	return (Datum) 0;
}

/* zishu_import(format, names, contents, partial, placeholders) */
Datum
zishu_import(PG_FUNCTION_ARGS)
{
	int count;
	char **names;
	char **contents;
	char *format;
	ZmHistory history = {0};

	zm_begin_change("zishu_import()");
	count = zm_arg_files(fcinfo, 1, &names, &contents);
	format = zm_arg_text(fcinfo, 0, "format");
	zm_check_format(format);
	history.placeholders = zm_arg_placeholders(fcinfo, 4);
	for (int i = 0; i < count; i++)
		zm_history_add_text(&history, names[i], contents[i]);
	if (count == 0 || zm_reads_native(format, history.files))
	{
		return_accepted(fcinfo, sent_natives(count, names, contents));
		return (Datum) 0;
	}
	zm_history_import(&history, format, zm_arg_bool(fcinfo, 3));
	return_accepted(fcinfo, history.revisions);
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

/*
 * Native files lie in one directory.  False: they are not native.  A
 * directory without any files counts as native.
 */
static bool
load_natives(const char *directory, const char *format, List **natives)
{
	bool is_auto = strcmp(format, "auto") == 0;
	List *files;
	ListCell *lc;

	if (!is_auto && strcmp(format, "native") != 0)
		return false;
	files = zm_read_directory(directory, ".sql");
	if (is_auto && files == NIL)
		return zm_read_tree(directory, is_never_read) == NIL;
	if (is_auto && !has_native(files))
		return false;
	foreach (lc, files)
	{
		const ZmFile *file = lfirst(lc);

		*natives =
			lappend(*natives, zm_revision_file_parse(file->name, file->content,
													 file->length));
	}
	return true;
}

static bool
has_native(List *files)
{
	ListCell *lc;

	foreach (lc, files)
	{
		const ZmFile *file = lfirst(lc);

		if (zm_is_revision_file(file->content, file->length))
			return true;
	}
	return false;
}

static bool
is_never_read(const char *name)
{
	return false;
}

/* Files are UTF-8, whatever the database is. */
static List *
sent_natives(int n, char **names, char **contents)
{
	List *files = NIL;

	for (int i = 0; i < n; i++)
	{
		char *content =
			pg_server_to_any(contents[i], strlen(contents[i]), PG_UTF8);

		files = lappend(
			files, zm_revision_file_parse(names[i], content, strlen(content)));
	}
	return files;
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
