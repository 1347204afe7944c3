/*
 * export_history.c
 *
 * zishu_export_history.
 *
 * Rule: decode the arguments, call the engine, return the files as they come.
 */
#include "postgres.h"

#include "api/args.h"
#include "engine/export_history.h"
#include "util/rows.h"

PG_FUNCTION_INFO_V1(zishu_export_history);

static const ZmExporter *exporter_argument(const char *name);
static void return_file(const char *name, const char *content, void *arg);

/* zishu_export_history(format, range, applied): name, content */
Datum
zishu_export_history(PG_FUNCTION_ARGS)
{
	ZmExportRequest request = {
		.exporter = exporter_argument(zm_arg_text(fcinfo, 0, "format")),
		.range = zm_arg_string(fcinfo, 1),
		.by_rows = PG_ARGISNULL(2)};
	ZmRowSet rows;

	if (!request.by_rows)
		request.at = zm_arg_strings(fcinfo, 2, "applied", &request.nat);
	zm_rowset_begin(&rows, fcinfo);
	zm_export_history(&request, return_file, &rows);
	return (Datum) 0;
}

static const ZmExporter *
exporter_argument(const char *name)
{
	const ZmExporter *exporter = zm_exporter_find(name);

	if (exporter == NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("unknown format \"%s\"", name),
						errhint("The formats are %s.", zm_exporter_names())));
	return exporter;
}

static void
return_file(const char *name, const char *content, void *arg)
{
	ZmRowSet *rows = arg;

	zm_rowset_put_text(rows, name);
	zm_rowset_put_text(rows, content);
	zm_rowset_finish_row(rows);
}
