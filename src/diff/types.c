/*
 * types.c
 *
 * Casts between the server's own types, and which of them lose nothing.
 */
#include "postgres.h"

#include "diff/types.h"

#define MAX_FAMILY 6

/* Within a family a value can be assigned to any of the others. */
static const char *const families[][MAX_FAMILY] = {
	{"smallint", "integer", "bigint", "numeric", "real", "double precision"},
	{"text", "character varying", "character", "name"},
	{"date", "timestamp without time zone", "timestamp with time zone"},
	{"json", "jsonb"},
	{"bit", "bit varying"},
	{"inet", "cidr"},
	{"macaddr", "macaddr8"}};

#define NUMBERS 0
#define STRINGS 1

/* From the first type to the second one, besides. */
static const char *const assigned[][2] = {
	{"smallint", "oid"},
	{"integer", "oid"},
	{"bigint", "oid"},
	{"oid", "integer"},
	{"oid", "bigint"},
	{"integer", "money"},
	{"bigint", "money"},
	{"numeric", "money"},
	{"money", "numeric"},
	{"time without time zone", "time with time zone"},
	{"time without time zone", "interval"},
	{"time with time zone", "time without time zone"},
	{"interval", "time without time zone"},
	{"timestamp without time zone", "time without time zone"},
	{"timestamp with time zone", "time without time zone"},
	{"timestamp with time zone", "time with time zone"},
	{"point", "box"},
	{"box", "polygon"},
	{"path", "polygon"},
	{"polygon", "path"}};

/* The same for casts that have to be asked for. */
static const char *const cast[][2] = {{"boolean", "integer"},
									  {"integer", "boolean"},
									  {"jsonb", "boolean"},
									  {"jsonb", "smallint"},
									  {"jsonb", "integer"},
									  {"jsonb", "bigint"},
									  {"jsonb", "numeric"},
									  {"jsonb", "real"},
									  {"jsonb", "double precision"},
									  {"integer", "bit"},
									  {"bigint", "bit"},
									  {"bit", "integer"},
									  {"bit", "bigint"},
									  {"integer", "\"char\""},
									  {"\"char\"", "integer"},
									  {"box", "circle"},
									  {"box", "lseg"},
									  {"box", "point"},
									  {"circle", "box"},
									  {"circle", "point"},
									  {"circle", "polygon"},
									  {"lseg", "point"},
									  {"polygon", "box"},
									  {"polygon", "circle"},
									  {"polygon", "point"},
									  {"xid8", "xid"},
									  {"daterange", "datemultirange"},
									  {"int4range", "int4multirange"},
									  {"int8range", "int8multirange"},
									  {"numrange", "nummultirange"},
									  {"tsrange", "tsmultirange"},
									  {"tstzrange", "tstzmultirange"}};

static char *into_array(const char *value, const char *from,
						const char *element, const char *to, bool by_text);
static char *out_of_array(const char *value, const char *element,
						  const char *to, bool by_text);
static bool is_element(const char *base, const char *element);
static bool is_json(const char *base);
static char *base_of(const char *type);
static char *element_of(const char *type);
static int family_of(const char *base);
static int kind_in_family(const char *base);
static bool has_pair(const char *const pairs[][2], int count, const char *from,
					 const char *to);
static bool is_assigned(const char *from, const char *to);
static int modifiers(const char *type, int *first, int *second);
static bool string_widens(const char *from, const char *to);
static bool bits_widen(const char *from, const char *to);
static bool time_widens(const char *from, const char *to);
static bool number_widens(const char *from, const char *to);

bool
zm_types_alike(const char *left, const char *right)
{
	return strcmp(base_of(left), base_of(right)) == 0;
}

bool
zm_types_comparable(const char *left, const char *right)
{
	int family = family_of(base_of(left));

	if (zm_types_alike(left, right))
		return true;
	return family >= 0 && family == family_of(base_of(right)) &&
		   strcmp(base_of(left), "json") != 0;
}

bool
zm_types_refer(const char *left, const char *right)
{
	return zm_types_comparable(left, right) &&
		   kind_in_family(base_of(left)) == kind_in_family(base_of(right));
}

/* Those of one kind are compared as they are; of two kinds, the one may have to
 * be turned into the other, which is done unasked in one direction only. */
static int
kind_in_family(const char *base)
{
	static const char *const kinds[] = {"numeric", "real", "character"};

	for (int i = 0; i < lengthof(kinds); i++)
	{
		if (strcmp(base, kinds[i]) == 0)
			return i + 1;
	}
	return strcmp(base, "double precision") == 0 ? kind_in_family("real") : 0;
}

bool
zm_types_nest(const char *left, const char *right)
{
	return (element_of(left) == NULL) != (element_of(right) == NULL);
}

char *
zm_type_cast(const char *from, const char *to)
{
	return psprintf("(%s AS %s)", base_of(from), base_of(to));
}

bool
zm_type_elements(const char **from, const char **to)
{
	const char *element = element_of(base_of(*from));
	const char *to_element = element_of(base_of(*to));

	if (element == NULL || to_element == NULL)
		return false;
	*from = element;
	*to = to_element;
	return true;
}

char *
zm_type_conversion(const char *value, const char *from, const char *to,
				   bool has_cast, bool by_text)
{
	char *from_base = base_of(from);
	char *to_base = base_of(to);
	char *element = element_of(from_base);
	char *to_element = element_of(to_base);

	if (has_cast)
		return psprintf("%s::%s", value, to);
	if (element && to_element)
	{
		char *by_element =
			zm_type_conversion("", element, to_element, false, by_text);

		if (by_element == NULL)
			return NULL;
		/* Through something else: arrays can do that as texts only. */
		if (strncmp(by_element + 2, to_element, strlen(to_element)) != 0)
			return psprintf("%s::text::%s", value, to);
		return psprintf("%s::%s", value, to);
	}
	if (to_element && is_element(from_base, to_element))
		return into_array(value, from, to_element, to, by_text);
	if (element && is_element(to_base, element))
		return out_of_array(value, element, to, by_text);
	if (by_text)
		return psprintf("%s::text::%s", value, to);
	if (is_assigned(from_base, to_base))
		return NULL;
	if (family_of(from_base) == STRINGS ||
		has_pair(cast, lengthof(cast), from_base, to_base))
		return psprintf("%s::%s", value, to);
	if ((strcmp(from_base, "boolean") == 0 && family_of(to_base) == NUMBERS) ||
		(strcmp(to_base, "boolean") == 0 && family_of(from_base) == NUMBERS))
		return psprintf("%s::integer::%s", value, to);
	if (is_json(to_base))
		return psprintf("pg_catalog.to_%s(%s)", to_base, value);
	if (is_json(from_base))
		return psprintf("(%s #>> '{}')::%s", value, to);
	return psprintf("%s::text::%s", value, to);
}

/* Its only element; no value has no array, but a row of nulls is a value. */
static char *
into_array(const char *value, const char *from, const char *element,
		   const char *to, bool by_text)
{
	char *converted = zm_type_conversion(value, from, element, false, by_text);

	return psprintf(
		"CASE WHEN %s IS DISTINCT FROM NULL THEN ARRAY[%s]::%s END", value,
		converted ? converted : value, to);
}

/* The only element that there is: with others, the value of all of them is
 * refused, and none is lost. */
static char *
out_of_array(const char *value, const char *element, const char *to,
			 bool by_text)
{
	char *first = psprintf("%s[1]", value);
	char *converted = zm_type_conversion(first, element, to, false, by_text);

	return psprintf("CASE WHEN pg_catalog.array_dims(%s) = '[1:1]' "
					"THEN %s ELSE %s::text::%s END",
					value,
					converted ? converted : psprintf("%s::%s", first, to),
					value, to);
}

/* Is a value of the type one in an array?  A string may be what the array is
 * written as, and so are those that are arrays themselves; JSON can hold what
 * an array does. */
static bool
is_element(const char *base, const char *element)
{
	return element_of(base) == NULL && family_of(base) != STRINGS &&
		   strcmp(base, "int2vector") != 0 && strcmp(base, "oidvector") != 0 &&
		   (!is_json(base) || is_json(element));
}

static bool
is_json(const char *base)
{
	return strcmp(base, "json") == 0 || strcmp(base, "jsonb") == 0;
}

bool
zm_type_widens(const char *from, const char *to)
{
	static const char *const wider[][2] = {
		{"smallint", "integer"},
		{"smallint", "bigint"},
		{"smallint", "real"},
		{"smallint", "double precision"},
		{"integer", "bigint"},
		{"integer", "double precision"},
		{"real", "double precision"},
		{"date", "timestamp without time zone"},
		{"json", "jsonb"},
		{"jsonb", "json"},
		{"cidr", "inet"}};
	char *element = element_of(from);
	char *to_element = element_of(to);

	if (element && to_element)
		return zm_type_widens(element, to_element);
	if (to_element && is_element(base_of(from), to_element))
		return zm_type_widens(from, to_element);
	if (strcmp(from, to) == 0 || strcmp(to, "text") == 0 ||
		strcmp(to, "character varying") == 0)
		return true;
	return has_pair(wider, lengthof(wider), from, to) ||
		   string_widens(from, to) || number_widens(from, to) ||
		   bits_widen(from, to) || time_widens(from, to);
}

bool
zm_type_keeps_bytes(const char *from, const char *to)
{
	static const char *const same[][2] = {{"cidr", "inet"},
										  {"integer", "oid"},
										  {"oid", "integer"},
										  {"xml", "text"},
										  {"xml", "character varying"}};
	int precision;
	int scale;
	int new_precision;
	int new_scale;

	if (strcmp(from, to) == 0 || string_widens(from, to) ||
		time_widens(from, to) || has_pair(same, lengthof(same), from, to))
		return true;
	/* Any bits are varying ones, but their length is checked if there is one. */
	if (bits_widen(from, to))
		return zm_types_alike(from, to) || strchr(to, '(') == NULL;
	if (strcmp(base_of(from), "numeric") != 0 || !number_widens(from, to))
		return false;
	if (modifiers(to, &new_precision, &new_scale) == 0)
		return true;
	(void) modifiers(from, &precision, &scale);
	return scale == new_scale;
}

/* Without length, precision and scale: "timestamp(3) without time zone" goes
 * on behind them. */
static char *
base_of(const char *type)
{
	StringInfoData base;
	bool quoted = false;
	int depth = 0;

	if (strncmp(type, "interval", 8) == 0)
		return strchr(type, '[') ? "interval[]" : "interval";
	initStringInfo(&base);
	for (const char *c = type; *c; c++)
	{
		if (*c == '"')
			quoted = !quoted;
		if (!quoted && *c == '(')
			depth++;
		if (depth == 0)
			appendStringInfoChar(&base, *c);
		if (!quoted && *c == ')')
			depth--;
	}
	return base.data;
}

/* NULL: it is no array. */
static char *
element_of(const char *type)
{
	Size length = strlen(type);

	if (length < 3 || strcmp(type + length - 2, "[]") != 0)
		return NULL;
	return pnstrdup(type, length - 2);
}

static int
family_of(const char *base)
{
	for (int i = 0; i < lengthof(families); i++)
	{
		for (int j = 0; j < MAX_FAMILY && families[i][j]; j++)
		{
			if (strcmp(families[i][j], base) == 0)
				return i;
		}
	}
	return -1;
}

static bool
has_pair(const char *const pairs[][2], int count, const char *from,
		 const char *to)
{
	for (int i = 0; i < count; i++)
	{
		if (strcmp(pairs[i][0], from) == 0 && strcmp(pairs[i][1], to) == 0)
			return true;
	}
	return false;
}

static bool
is_assigned(const char *from, const char *to)
{
	int family = family_of(from);

	if (strcmp(from, to) == 0)
		return true;
	if (family >= 0 && family == family_of(to))
		return true;
	/* Whatever has a text can be assigned to a string. */
	return family_of(to) == STRINGS ||
		   has_pair(assigned, lengthof(assigned), from, to);
}

/* How many numbers stand in parentheses, and which. */
static int
modifiers(const char *type, int *first, int *second)
{
	const char *open = strchr(type, '(');

	*first = *second = 0;
	return open ? sscanf(open, "(%d,%d)", first, second) : 0;
}

static bool
string_widens(const char *from, const char *to)
{
	int before;
	int after;
	int ignored;

	if (strcmp(base_of(from), "character varying") != 0 &&
		strcmp(from, "text") != 0)
		return false;
	if (strcmp(to, "text") == 0 || strcmp(to, "character varying") == 0)
		return true;
	return strcmp(base_of(to), "character varying") == 0 &&
		   modifiers(from, &before, &ignored) == 1 &&
		   modifiers(to, &after, &ignored) == 1 && after >= before;
}

static bool
bits_widen(const char *from, const char *to)
{
	int before;
	int after;
	int ignored;

	if (strcmp(base_of(to), "bit varying") != 0 ||
		(strcmp(base_of(from), "bit") != 0 &&
		 strcmp(base_of(from), "bit varying") != 0))
		return false;
	return modifiers(to, &after, &ignored) == 0 ||
		   (modifiers(from, &before, &ignored) == 1 && after >= before);
}

/* The same type with as many digits of a second or more, six being all. */
static bool
time_widens(const char *from, const char *to)
{
	static const char *const times[] = {
		"time without time zone", "time with time zone",
		"timestamp without time zone", "timestamp with time zone"};
	int before;
	int after;
	int ignored;

	if (strcmp(to, "interval") == 0)
		return strcmp(base_of(from), to) == 0;
	for (int i = 0; i < lengthof(times); i++)
	{
		if (strcmp(base_of(from), times[i]) != 0 || !zm_types_alike(from, to))
			continue;
		if (modifiers(from, &before, &ignored) == 0)
			before = 6;
		return modifiers(to, &after, &ignored) == 0 || after >= before;
	}
	return false;
}

static bool
number_widens(const char *from, const char *to)
{
	int precision;
	int scale;
	int new_precision;
	int new_scale;

	if (strcmp(base_of(to), "numeric") != 0)
		return false;
	if (strcmp(to, "numeric") == 0)
		return family_of(base_of(from)) == NUMBERS;
	if (strcmp(base_of(from), "numeric") != 0 ||
		modifiers(from, &precision, &scale) == 0)
		return false;
	(void) modifiers(to, &new_precision, &new_scale);
	return new_scale >= scale &&
		   new_precision - new_scale >= precision - scale;
}
