/*
 * importers.c
 *
 * The importers there are.
 *
 * Rule: in the order of names, one line each; nothing else knows which there
 * are.
 */
#include "postgres.h"

#include "import/import.h"

/* clang-format off */
const ZmImporter *const zm_importers[] = {
	&zm_importer_alembic,
	&zm_importer_atlas,
	&zm_importer_dbmate,
	&zm_importer_diesel,
	&zm_importer_drizzle,
	&zm_importer_flyway,
	&zm_importer_golang_migrate,
	&zm_importer_goose,
	&zm_importer_graphile_migrate,
	&zm_importer_liquibase,
	&zm_importer_node_pg_migrate,
	&zm_importer_prisma,
	&zm_importer_refinery,
	&zm_importer_sqitch,
	&zm_importer_sql_migrate,
	&zm_importer_sqlx,
	&zm_importer_supabase,
};
/* clang-format on */

const int zm_importer_count = lengthof(zm_importers);

const ZmImporter *
zm_importer_find(const char *name)
{
	for (int i = 0; i < zm_importer_count; i++)
	{
		if (strcmp(zm_importers[i]->name, name) == 0)
			return zm_importers[i];
	}
	return NULL;
}
