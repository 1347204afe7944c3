/*
 * model.c
 *
 * zishu_model, zishu_load_model, zishu_import_model.
 *
 * Rule: a model that is loaded as a whole is afterwards what the files say:
 * pieces without a file are gone.
 */
#include "postgres.h"

#include "catalog/pg_authid.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"

#include "api/args.h"
#include "engine/model.h"
#include "util/directory.h"
#include "util/rows.h"

PG_FUNCTION_INFO_V1(zishu_model);
PG_FUNCTION_INFO_V1(zishu_load_model);
PG_FUNCTION_INFO_V1(zishu_import_model);

static ZmModelPiece *piece_of(char *name, const char *content, Size length);
static void return_changes(FunctionCallInfo fcinfo, List *pieces);

/* zishu_model(name, ddl) */
Datum
zishu_model(PG_FUNCTION_ARGS)
{
	zm_begin_change("zishu_model()");
	PG_RETURN_TEXT_P(cstring_to_text(zm_model_set(
		zm_arg_text(fcinfo, 0, "name"), zm_arg_string(fcinfo, 1))));
}

/* zishu_load_model(directory) */
Datum
zishu_load_model(PG_FUNCTION_ARGS)
{
	char *directory = zm_arg_text(fcinfo, 0, "directory");
	List *pieces = NIL;
	ListCell *lc;

	zm_begin_change("zishu_load_model()");
	if (!has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to read files of the server"),
				 errdetail("zishu_load_model() needs the rights of the role "
						   "pg_read_server_files."),
				 errhint("zishu_import_model() takes the files from the "
						 "client: scripts/run_migrations.sh model uses it.")));
	if (*directory == '\0')
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("directory must not be empty")));
	canonicalize_path(directory);
	foreach (lc, zm_read_directory(directory, ".sql"))
	{
		const ZmFile *file = lfirst(lc);

		pieces =
			lappend(pieces, piece_of(file->name, file->content, file->length));
	}
	if (pieces == NIL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FILE),
				 errmsg("directory \"%s\" has no .sql files", directory),
				 errhint("zishu_model(name, NULL) removes single pieces of "
						 "the model.")));
	return_changes(fcinfo, pieces);
	return (Datum) 0;
}

/* zishu_import_model(names, contents) */
Datum
zishu_import_model(PG_FUNCTION_ARGS)
{
	int count;
	char **names;
	char **contents;
	List *pieces = NIL;

	zm_begin_change("zishu_import_model()");
	count = zm_arg_files(fcinfo, 0, &names, &contents);
	for (int i = 0; i < count; i++)
	{
		ZmModelPiece *piece = palloc(sizeof(ZmModelPiece));

		piece->name = names[i];
		piece->ddl = contents[i];
		pieces = lappend(pieces, piece);
	}
	return_changes(fcinfo, pieces);
	return (Datum) 0;
}

/* Files are UTF-8; a piece is called as its file is. */
static ZmModelPiece *
piece_of(char *name, const char *content, Size length)
{
	ZmModelPiece *piece = palloc(sizeof(ZmModelPiece));
	static const char mark[] = "\xEF\xBB\xBF";

	if (length >= 3 && memcmp(content, mark, 3) == 0)
	{
		content += 3;
		length -= 3;
	}
	(void) pg_verify_mbstr(PG_UTF8, content, length, false);
	piece->name = name;
	piece->ddl = pg_any_to_server(content, length, PG_UTF8);
	if (piece->ddl == content)
		piece->ddl = pnstrdup(content, length);
	return piece;
}

static void
return_changes(FunctionCallInfo fcinfo, List *pieces)
{
	ZmRowSet rows;
	ListCell *lc;

	zm_rowset_begin(&rows, fcinfo);
	foreach (lc, zm_model_replace(pieces))
	{
		const ZmModelChange *change = lfirst(lc);

		zm_rowset_put_text(&rows, change->name);
		zm_rowset_put_text(&rows, change->action);
		zm_rowset_finish_row(&rows);
	}
}
