/*
 * exporters.c
 *
 * All exporters.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "export/export.h"

static const ZmExporter *const exporters[] = {
	&zm_exporter_dbmate, &zm_exporter_flyway, &zm_exporter_golang_migrate,
	&zm_exporter_psql};

const ZmExporter *
zm_exporter_find(const char *name)
{
	for (int i = 0; i < lengthof(exporters); i++)
	{
		if (strcmp(exporters[i]->name, name) == 0)
			return exporters[i];
	}
	return NULL;
}

char *
zm_exporter_names(void)
{
	StringInfoData out;

	initStringInfo(&out);
	for (int i = 0; i < lengthof(exporters); i++)
		appendStringInfo(&out, "%s\"%s\"",
						 i == 0						   ? ""
						 : i < lengthof(exporters) - 1 ? ", "
													   : " and ",
						 exporters[i]->name);
	return out.data;
}
