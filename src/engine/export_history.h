/*
 * export_history.h
 *
 * The history as the files of another tool.
 */
#ifndef ZM_EXPORT_HISTORY_H
#define ZM_EXPORT_HISTORY_H

#include "export/export.h"

typedef struct ZmExportRequest
{
	const ZmExporter *exporter;
	const char *range; /* as for zishu_upgrade_sql(); NULL: all */

	/* Where the database stands that the tool is to go on with; by_rows: as
	 * the version rows say. */
	bool by_rows;
	int nat;
	char **at;
} ZmExportRequest;

/*
 * Puts the files, revision by revision.  Raises 0A000 for what the tool cannot
 * run, and what zm_inspect_script() raises.
 */
extern void zm_export_history(const ZmExportRequest *request,
							  void (*put)(const char *name,
										  const char *content, void *arg),
							  void *arg);

#endif /* ZM_EXPORT_HISTORY_H */
