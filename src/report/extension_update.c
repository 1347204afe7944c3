/*
 * extension_update.c
 *
 * Which updates of extensions the server has scripts for.
 *
 * Rule: an extension that is not there at all counts as one that can be
 * updated, so that the statement says what is missing.
 */
#include "postgres.h"

#include "report/extension_update.h"
#include "util/spi.h"

static const char *const path_query =
	"SELECT coalesce(pg_catalog.max(path), '') "
	"FROM pg_catalog.pg_extension_update_paths($1) "
	"WHERE source OPERATOR(pg_catalog.=) $2 "
	"AND target OPERATOR(pg_catalog.=) $3";

static const char *const available_query =
	"SELECT name::pg_catalog.text FROM pg_catalog.pg_available_extensions "
	"WHERE name OPERATOR(pg_catalog.=) $1::pg_catalog.name";

bool
zm_extension_updates(const char *name, const char *from, const char *to)
{
	ZmParams extension = {0};
	ZmParams update = {0};
	bool updates = true;

	zm_param_add_text(&extension, name);
	zm_param_add_text(&update, name);
	zm_param_add_text(&update, from);
	zm_param_add_text(&update, to);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (zm_spi_text(available_query, &extension, NULL) != NULL)
		updates = *zm_spi_text(path_query, &update, NULL) != '\0';
	SPI_finish();
	return updates;
}
