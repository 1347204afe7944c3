/*
 * types.c
 *
 * What the emitters must know of the server's own types.
 *
 * Rule: only what holds in every database and version.  Types that users made
 * are converted through their text, which always parses; whether the rows can
 * follow is known when they do.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "emit/types.h"

/* Within a family the server converts without being asked. */
static const char *const families[][9] = {
	{"smallint", "integer", "bigint", "numeric", "real", "double precision"},
	{"text", "character varying", "character", "name", "\"char\""},
	{"timestamp without time zone", "timestamp with time zone", "date"},
	{"json", "jsonb"},
	{"bit", "bit varying"},
	{"inet", "cidr"}};

/* From left to right there is an explicit cast. */
static const char *const explicit_casts[][2] = {
	{"integer", "boolean"},
	{"boolean", "integer"},
	{"jsonb", "boolean"},
	{"jsonb", "numeric"},
	{"jsonb", "smallint"},
	{"jsonb", "integer"},
	{"jsonb", "bigint"},
	{"jsonb", "real"},
	{"integer", "bit"},
	{"bigint", "bit"},
	{"money", "numeric"},
	{"numeric", "money"},
	{"integer", "money"},
	{"bigint", "money"},
	{"timestamp without time zone", "time without time zone"},
	{"timestamp with time zone", "time without time zone"},
	{"jsonb", "double precision"}};

static char *base_name(const char *type);
static int family_of(const char *base);
static bool is_array(const char *type);

ZmCast
zm_type_cast(const char *from, const char *to)
{
	char *from_base = base_name(from);
	char *to_base = base_name(to);
	int from_family = family_of(from_base);
	int to_family = family_of(to_base);

	if (is_array(from) != is_array(to))
		return ZM_CAST_TEXT;
	if (strcmp(from_base, to_base) == 0)
		return ZM_CAST_AUTOMATIC;
	if (from_family >= 0 && from_family == to_family)
		return ZM_CAST_AUTOMATIC;
	/* Anything can be assigned to a string. */
	if (to_family == 1 && !is_array(to))
		return ZM_CAST_AUTOMATIC;
	if (from_family == 1)
		return ZM_CAST_EXPLICIT;
	for (int i = 0; i < lengthof(explicit_casts); i++)
	{
		if (strcmp(explicit_casts[i][0], from_base) == 0 &&
			strcmp(explicit_casts[i][1], to_base) == 0)
			return ZM_CAST_EXPLICIT;
	}
	return ZM_CAST_TEXT;
}

const char *
zm_type_storage(const char *type)
{
	static const char *const fixed[] = {"smallint",
										"integer",
										"bigint",
										"real",
										"double precision",
										"boolean",
										"date",
										"oid",
										"uuid",
										"money",
										"interval",
										"name",
										"timestamp without time zone",
										"timestamp with time zone",
										"time without time zone",
										"time with time zone",
										"\"char\"",
										"point",
										"box",
										"line",
										"lseg",
										"circle",
										"macaddr",
										"macaddr8",
										"pg_lsn"};
	char *base = base_name(type);

	if (is_array(type))
		return "EXTENDED";
	if (strcmp(base, "numeric") == 0 || strcmp(base, "inet") == 0 ||
		strcmp(base, "cidr") == 0)
		return "MAIN";
	for (int i = 0; i < lengthof(fixed); i++)
	{
		if (strcmp(fixed[i], base) == 0)
			return "PLAIN";
	}
	return "EXTENDED";
}

/* Without length, precision and brackets. */
static char *
base_name(const char *type)
{
	StringInfoData base;

	initStringInfo(&base);
	if (*type == '"')
		return pstrdup(type);
	for (const char *c = type; *c && *c != '['; c++)
	{
		if (*c != '(')
		{
			appendStringInfoChar(&base, *c);
			continue;
		}
		/* "timestamp(3) without time zone" goes on behind it. */
		while (*c && *c != ')')
			c++;
		if (*c == '\0')
			break;
	}
	return base.data;
}

static int
family_of(const char *base)
{
	for (int i = 0; i < lengthof(families); i++)
	{
		for (int j = 0; j < lengthof(families[i]); j++)
		{
			if (families[i][j] && strcmp(families[i][j], base) == 0)
				return i;
		}
	}
	return -1;
}

static bool
is_array(const char *type)
{
	Size length = strlen(type);

	return length > 2 && strcmp(type + length - 2, "[]") == 0;
}
