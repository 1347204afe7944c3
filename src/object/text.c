/*
 * text.c
 *
 * The canonical text of a schema.
 *
 * A line for the format; then for each object, in the canonical order, a line
 * "kind TAB identity" and below it, indented by a TAB, lines "name TAB value":
 * first where it stands (.schema, .name, .parent), then its attributes, then
 * the objects it needs (.needs).  Line breaks, TABs and backslashes in values
 * are written as \n, \r, \t and \\.
 *
 * Rule: the same schema gives the same bytes, whatever the order in which it
 * was made, its OIDs or the name of the database.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "compat.h"
#include "object/object.h"

#define FORMAT_LINE "zishu_migrate schema 1"

/* Where we are in a text that is being read: a copy of our own, which is cut
 * where it stands and lives as long as the schema. */
typedef struct Reader
{
	char *next;
	int line;
	ZmSchema *schema;
} Reader;

/* References can point forward, so they are looked up at the end. */
typedef struct Reference
{
	ZmObject *object;
	ZmKind const *kind;
	char *identity;
	bool parent;
} Reference;

static void put_object(StringInfo out, const ZmObject *object);
static void put_line(StringInfo out, const char *name, const char *value);
static void put_reference(StringInfo out, const char *name,
						  const ZmObject *object);
static void put_value(StringInfo out, const char *value);
static char *next_line(Reader *reader);
static char *next_field(Reader *reader, char **line);
static ZmObject *read_object(Reader *reader, char *line);
static Reference *read_property(Reader *reader, ZmObject *object, char *line);
static Reference *read_reference(Reader *reader, ZmObject *object, char *line,
								 bool parent);
static void resolve(Reader *reader, List *references);
static const ZmKind *known_kind(Reader *reader, const char *name);
static char *unescape(char *value);
pg_noreturn static void malformed(Reader *reader, const char *what);

char *
zm_schema_out(const ZmSchema *schema)
{
	StringInfoData out;
	ListCell *lc;

	initStringInfo(&out);
	appendStringInfoString(&out, FORMAT_LINE "\n");
	foreach (lc, schema->objects)
	{
		CHECK_FOR_INTERRUPTS();
		put_object(&out, lfirst(lc));
	}
	return out.data;
}

ZmSchema *
zm_schema_in(const char *text)
{
	Reader reader = {pstrdup(text), 0, zm_schema_create()};
	ZmObject *object = NULL;
	List *references = NIL;
	char *line = next_line(&reader);

	if (line == NULL || strcmp(line, FORMAT_LINE) != 0)
		malformed(&reader, "the first line is not \"" FORMAT_LINE "\"");
	while ((line = next_line(&reader)) != NULL)
	{
		Reference *reference;

		CHECK_FOR_INTERRUPTS();
		if (line[0] != '\t')
		{
			object = read_object(&reader, line);
			continue;
		}
		if (object == NULL)
			malformed(&reader, "an attribute stands before the first object");
		reference = read_property(&reader, object, line + 1);
		if (reference)
			references = lappend(references, reference);
	}
	resolve(&reader, references);
	zm_schema_index(reader.schema);
	return reader.schema;
}

static void
put_object(StringInfo out, const ZmObject *object)
{
	int count = zm_attribute_count(object->kind);
	ListCell *lc;

	appendStringInfo(out, "%s\t", object->kind->name);
	put_value(out, object->identity);
	appendStringInfoChar(out, '\n');
	put_line(out, ".schema", object->schema);
	put_line(out, ".name", object->name);
	if (object->parent)
		put_reference(out, ".parent", object->parent);
	for (int i = 0; i < count; i++)
		put_line(out, zm_attribute_name(object->kind, i),
				 object->attributes[i]);
	foreach (lc, object->needs)
		put_reference(out, ".needs", lfirst(lc));
}

static void
put_line(StringInfo out, const char *name, const char *value)
{
	if (value == NULL)
		return;
	appendStringInfo(out, "\t%s\t", name);
	put_value(out, value);
	appendStringInfoChar(out, '\n');
}

static void
put_reference(StringInfo out, const char *name, const ZmObject *object)
{
	appendStringInfo(out, "\t%s\t%s\t", name, object->kind->name);
	put_value(out, object->identity);
	appendStringInfoChar(out, '\n');
}

static void
put_value(StringInfo out, const char *value)
{
	for (const char *c = value; *c; c++)
	{
		switch (*c)
		{
			case '\n':
				appendStringInfoString(out, "\\n");
				break;
			case '\r':
				appendStringInfoString(out, "\\r");
				break;
			case '\t':
				appendStringInfoString(out, "\\t");
				break;
			case '\\':
				appendStringInfoString(out, "\\\\");
				break;
			default:
				appendStringInfoCharMacro(out, *c);
		}
	}
}

/* The next line without its end; NULL behind the last. */
static char *
next_line(Reader *reader)
{
	char *start = reader->next;
	char *end;

	if (*start == '\0')
		return NULL;
	reader->line++;
	end = strchr(start, '\n');
	if (end == NULL)
		malformed(reader, "the last line is cut off");
	*end = '\0';
	reader->next = end + 1;
	return start;
}

/* Cuts what stands before the next TAB off the line. */
static char *
next_field(Reader *reader, char **line)
{
	char *field = *line;
	char *tab = strchr(field, '\t');

	if (tab == NULL)
		malformed(reader, "a field is missing");
	*tab = '\0';
	*line = tab + 1;
	return field;
}

static ZmObject *
read_object(Reader *reader, char *line)
{
	const ZmKind *kind = known_kind(reader, next_field(reader, &line));
	char *identity = unescape(line);

	if (zm_schema_find(reader->schema, kind, identity))
		malformed(reader, "an object stands here for the second time");
	return zm_schema_add(reader->schema, kind, identity);
}

/* Fills in what the line tells; a reference is returned to be looked up. */
static Reference *
read_property(Reader *reader, ZmObject *object, char *line)
{
	char *name = next_field(reader, &line);
	int attribute;

	if (strcmp(name, ".needs") == 0)
		return read_reference(reader, object, line, false);
	if (strcmp(name, ".parent") == 0)
		return read_reference(reader, object, line, true);
	if (strcmp(name, ".schema") == 0)
		object->schema = unescape(line);
	else if (strcmp(name, ".name") == 0)
		object->name = unescape(line);
	else
	{
		attribute = zm_attribute_find(object->kind, name);
		if (attribute < 0)
			malformed(reader, "the attribute is unknown");
		object->attributes[attribute] = unescape(line);
	}
	return NULL;
}

static Reference *
read_reference(Reader *reader, ZmObject *object, char *line, bool parent)
{
	Reference *reference = palloc(sizeof(Reference));

	reference->object = object;
	reference->kind = known_kind(reader, next_field(reader, &line));
	reference->identity = unescape(line);
	reference->parent = parent;
	return reference;
}

static void
resolve(Reader *reader, List *references)
{
	ListCell *lc;

	foreach (lc, references)
	{
		Reference *reference = lfirst(lc);
		ZmObject *object = reference->object;
		ZmObject *found = zm_schema_find(reader->schema, reference->kind,
										 reference->identity);

		if (found == NULL)
			malformed(reader, "an object that another needs is missing");
		if (reference->parent)
			object->parent = found;
		else
			object->needs = lappend(object->needs, found);
	}
}

static const ZmKind *
known_kind(Reader *reader, const char *name)
{
	const ZmKind *kind = zm_kind_by_name(name);

	if (kind == NULL)
		malformed(reader, "the kind of object is unknown");
	return kind;
}

/* In place. */
static char *
unescape(char *value)
{
	char *to = value;

	for (char *from = value; *from; from++)
	{
		if (*from == '\\' && from[1] != '\0')
		{
			from++;
			*to++ = *from == 'n'   ? '\n'
					: *from == 'r' ? '\r'
					: *from == 't' ? '\t'
								   : *from;
		}
		else
			*to++ = *from;
	}
	*to = '\0';
	return value;
}

static void
malformed(Reader *reader, const char *what)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("this is not the text of a schema"),
					errdetail("Line %d: %s.", reader->line, what)));
}
