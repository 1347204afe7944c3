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

static bool is_built(const char *name);
static bool is_text(const char *name);
static ZmSchema *build(const char *name, ZmSchema **live);

ZmSchema *
zm_state(const char *name)
{
	if (zm_state_is_live(name))
		return zm_snapshot();
	if (is_built(name))
		return build(name, NULL);
	return zm_schema_in(is_text(name) ? name : empty_text);
}

void
zm_states(const char *source, const char *target, ZmSchema **from,
		  ZmSchema **to)
{
	if (zm_state_is_live(source) && is_built(target))
		*to = build(target, from);
	else if (is_built(source) && zm_state_is_live(target))
		*from = build(source, to);
	else
	{
		*from = zm_state(source);
		*to = zm_state(target);
	}
}

bool
zm_state_is_live(const char *name)
{
	return strcmp(name, "live") == 0;
}

static bool
is_built(const char *name)
{
	return !zm_state_is_live(name) && !is_text(name) &&
		   strcmp(name, "empty") != 0;
}

static bool
is_text(const char *name)
{
	return strncmp(name, TEXT_PREFIX, strlen(TEXT_PREFIX)) == 0;
}

static ZmSchema *
build(const char *name, ZmSchema **live)
{
	if (strcmp(name, "model") == 0)
		return zm_build_model(live);
	return zm_build_revision(name, live);
}
