/*
 * model.c
 *
 * The model: the desired schema in named pieces; and pictures of schemas that
 * were built once, kept by the digest of what they were built from.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "store/scope.h"
#include "store/store.h"
#include "util/spi.h"

/* So many pictures are kept. */
#define KEPT_PICTURES 8

typedef struct Pieces
{
	MemoryContext context;
	List *list;
} Pieces;

static bool can_write_pictures(void);
static void add_piece(const Datum *values, const bool *isnull, void *arg);
static Datum digest_datum(const uint8 *digest);

List *
zm_store_model(void)
{
	Pieces pieces = {CurrentMemoryContext, NIL};
	ZmScope scope;

	zm_scope_begin(&scope);
	zm_spi_each("SELECT name, ddl FROM zishu_migrate.model "
				"ORDER BY name COLLATE \"C\"",
				NULL, add_piece, &pieces);
	zm_scope_end(&scope);
	return pieces.list;
}

void
zm_store_set_model(const char *name, const char *ddl)
{
	ZmParams params = {0};
	ZmScope scope;

	zm_scope_begin(&scope);
	zm_param_add_text(&params, name);
	if (ddl == NULL)
		(void) zm_spi_execute("DELETE FROM zishu_migrate.model "
							  "WHERE name OPERATOR(pg_catalog.=) $1",
							  SPI_OK_DELETE, &params);
	else
	{
		zm_param_add_text(&params, ddl);
		(void) zm_spi_execute(
			"INSERT INTO zishu_migrate.model (name, ddl) VALUES ($1, $2) "
			"ON CONFLICT (name) DO UPDATE SET ddl = excluded.ddl",
			SPI_OK_INSERT, &params);
	}
	zm_scope_end(&scope);
}

char *
zm_store_picture(const uint8 digest[PG_SHA256_DIGEST_LENGTH])
{
	MemoryContext caller = CurrentMemoryContext;
	ZmParams params = {0};
	ZmScope scope;
	char *picture;

	zm_scope_begin(&scope);
	zm_param_add(&params, BYTEAOID, digest_datum(digest));
	picture = zm_spi_text("SELECT schema FROM zishu_migrate.picture "
						  "WHERE digest OPERATOR(pg_catalog.=) $1",
						  &params, NULL);
	if (picture)
		picture = MemoryContextStrdup(caller, picture);
	zm_scope_end(&scope);
	return picture;
}

void
zm_store_keep_picture(const uint8 digest[PG_SHA256_DIGEST_LENGTH],
					  const char *schema)
{
	ZmParams params = {0};
	ZmScope scope;

	if (!can_write_pictures())
		return;
	zm_scope_begin(&scope);
	zm_param_add(&params, INT4OID, Int32GetDatum(KEPT_PICTURES));
	(void) zm_spi_execute(
		"DELETE FROM zishu_migrate.picture WHERE id "
		"OPERATOR(pg_catalog.<=) (SELECT pg_catalog.max(id) "
		"OPERATOR(pg_catalog.-) $1 FROM zishu_migrate.picture)",
		SPI_OK_DELETE, &params);
	memset(&params, 0, sizeof(params));
	zm_param_add(&params, BYTEAOID, digest_datum(digest));
	zm_param_add_text(&params, schema);
	(void) zm_spi_execute("INSERT INTO zishu_migrate.picture (digest, schema) "
						  "VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING",
						  SPI_OK_INSERT, &params);
	zm_scope_end(&scope);
}

/* Keeping one is a kindness to the next call: nobody is waited for, least of
 * all the session that waits for this one. */
static bool
can_write_pictures(void)
{
	Oid schema = get_namespace_oid("zishu_migrate", true);
	Oid table = get_relname_relid("picture", schema);

	return OidIsValid(table) &&
		   ConditionalLockRelationOid(table, RowExclusiveLock);
}

static void
add_piece(const Datum *values, const bool *isnull, void *arg)
{
	Pieces *pieces = arg;
	MemoryContext saved = MemoryContextSwitchTo(pieces->context);
	ZmModelPiece *piece = palloc(sizeof(ZmModelPiece));

	piece->name = TextDatumGetCString(values[0]);
	piece->ddl = TextDatumGetCString(values[1]);
	pieces->list = lappend(pieces->list, piece);
	MemoryContextSwitchTo(saved);
}

static Datum
digest_datum(const uint8 *digest)
{
	return PointerGetDatum(cstring_to_text_with_len((const char *) digest,
													PG_SHA256_DIGEST_LENGTH));
}
