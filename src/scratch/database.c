/*
 * database.c
 *
 * The statement that makes a database like the current one: pristine, but with
 * the same encoding and locale, on which the order of strings depends.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/snapmgr.h"

#include "scratch/database.h"
#include "util/spi.h"

static const char *const query =
	"SELECT pg_catalog.format('CREATE DATABASE %I TEMPLATE template0 "
	"ENCODING %L LOCALE_PROVIDER %s LC_COLLATE %L LC_CTYPE %L%s', $1, "
	"pg_catalog.pg_encoding_to_char(d.encoding), "
	"CASE d.datlocprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' "
	"ELSE 'libc' END, d.datcollate, d.datctype, "
	"CASE d.datlocprovider WHEN 'i' THEN "
	"pg_catalog.format(' ICU_LOCALE %L', " ZM_SQL_DATABASE_LOCALE ") "
	"WHEN 'b' THEN pg_catalog.format(' BUILTIN_LOCALE %L', " ZM_SQL_DATABASE_LOCALE
	") END) "
	"FROM pg_catalog.pg_database d WHERE d.datname OPERATOR(pg_catalog.=) "
	"pg_catalog.current_database()";

char *
zm_database_creation(const char *name)
{
	ZmParams params = {0};
	char *statement;

	PushActiveSnapshot(GetTransactionSnapshot());
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	zm_param_add_text(&params, name);
	statement = zm_spi_text(query, &params, NULL);
	statement = strcpy(SPI_palloc(strlen(statement) + 1), statement);
	SPI_finish();
	PopActiveSnapshot();
	return statement;
}
