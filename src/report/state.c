/*
 * state.c
 *
 * The states that a schema can be in, by name.
 */
#include "postgres.h"

#include "report/build.h"
#include "report/state.h"
#include "schema/snapshot.h"

/* How the canonical text of a schema begins. */
#define TEXT_PREFIX "zishu_migrate schema "

/* What every new database has. */
static const char *const empty_text =
	"zishu_migrate schema 1\n"
	"schema\tpublic\n"
	"\t.name\tpublic\n"
	"\towner\tpg_database_owner\n"
	"\tprivileges\t{owner=UC,public=U}\n"
	"\tcomment\tstandard public schema\n"
	"extension\tplpgsql\n"
	"\t.schema\tpg_catalog\n"
	"\t.name\tplpgsql\n"
	"\tcomment\tPL/pgSQL procedural language\n"
	"\tin schema\tpg_catalog\n"
	"\tversion\t1.0\n";

ZmSchema *
zm_state(const char *name)
{
	if (zm_state_is_live(name))
		return zm_snapshot();
	if (strcmp(name, "empty") == 0)
		return zm_schema_in(empty_text);
	if (strncmp(name, TEXT_PREFIX, strlen(TEXT_PREFIX)) == 0)
		return zm_schema_in(name);
	if (strcmp(name, "model") == 0)
		return zm_build_model();
	return zm_build_revision(name);
}

bool
zm_state_is_live(const char *name)
{
	return strcmp(name, "live") == 0;
}
