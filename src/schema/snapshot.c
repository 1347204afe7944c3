/*
 * snapshot.c
 *
 * Reading a schema: runs the queries and turns their rows into objects.
 *
 * Rule: what a kind is made of is said by its query alone; nothing here knows
 * a kind by name.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "schema/reading.h"
#include "schema/settled.h"
#include "schema/snapshot.h"
#include "util/spi.h"

/* What a column of a query is for. */
typedef enum Target
{
	TARGET_CLASS,
	TARGET_ID,
	TARGET_SUBID,
	TARGET_PARENT_CLASS,
	TARGET_PARENT_ID,
	TARGET_PARENT_SUBID,
	TARGET_SCHEMA,
	TARGET_NAME,
	TARGET_IDENTITY,
	TARGET_UNKNOWN,
	TARGET_ATTRIBUTE /* the first of them */
} Target;

static const char *const target_names[] = {
	[TARGET_CLASS] = "classid",		 [TARGET_ID] = "objid",
	[TARGET_SUBID] = "objsubid",	 [TARGET_PARENT_CLASS] = "parentclass",
	[TARGET_PARENT_ID] = "parentid", [TARGET_PARENT_SUBID] = "parentsubid",
	[TARGET_SCHEMA] = "schema",		 [TARGET_NAME] = "name",
	[TARGET_IDENTITY] = "identity",	 [TARGET_UNKNOWN] = "unknown"};

/* A query while its rows come in. */
typedef struct RowReader
{
	ZmReading *reading;
	const ZmKind *kind;
	TupleDesc tupdesc; /* NULL before the first row */
	int *targets;	   /* by column */
	int *spellings;	   /* by column: the attribute for its spelling, or -1 */
	int unknown;	   /* that column, or -1 */
	FmgrInfo *out;	   /* by column: turns a value into text */
} RowReader;

/* A yes/no attribute that is yes. */
static char yes[] = "true";

static const ZmQuery *const query_lists[] = {
	zm_queries_namespace, zm_queries_type,		 zm_queries_collation,
	zm_queries_relation,  zm_queries_constraint, zm_queries_view,
	zm_queries_routine,	  zm_queries_foreign,	 zm_queries_privileges};

/*
 * Under this search_path the server's own functions name everything in full.
 * On the next ones depends how they write names and constants.  Two bound the
 * search for the order of joins, which would take a third of the time for a
 * small schema; the queries name them in an order that serves.  And what runs
 * once is not worth compiling, which would take a third of it for a large one.
 */
static const struct
{
	const char *name;
	const char *value;
} pinned[] = {{"search_path", "pg_catalog"},
			  {"quote_all_identifiers", "off"},
			  {"datestyle", "ISO, MDY"},
			  {"intervalstyle", "postgres"},
			  {"timezone", "UTC"},
			  {"bytea_output", "hex"},
			  {"extra_float_digits", "1"},
			  {"xmlbinary", "base64"},
			  {"from_collapse_limit", "4"},
			  {"join_collapse_limit", "4"},
			  {"jit", "off"}};

static void pin_settings(void);
static void read_all(ZmReading *reading);
static void read_query(ZmReading *reading, const ZmQuery *query);
static void read_row(TupleTableSlot *slot, void *arg);
static bool is_unknown(RowReader *reader, TupleTableSlot *slot);
static void prepare(RowReader *reader, TupleDesc tupdesc);
static int target_of(const ZmKind *kind, const char *column);
static void place(RowReader *reader, ZmReadObject *read, TupleTableSlot *slot);
static void fill(RowReader *reader, ZmReadObject *read, int column,
				 Datum value);
static void fill_text(RowReader *reader, ZmReadObject *read, int column,
					  char *text);
static char *value_text(RowReader *reader, int column, Datum value);

ZmSchema *
zm_snapshot(void)
{
	ZmReading *reading = zm_reading_begin();
	int guc_level = NewGUCNestLevel();

	pin_settings();
	/* One picture, also while others change the catalogs. */
	PushCopiedSnapshot(GetTransactionSnapshot());
	UpdateActiveSnapshotCommandId();
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	read_all(reading);
	SPI_finish();
	PopActiveSnapshot();
	AtEOXact_GUC(false, guc_level);
	return zm_reading_end(reading);
}

char *
zm_snapshot_text(void)
{
	MemoryContext context =
		AllocSetContextCreate(CurrentMemoryContext, "zishu_migrate snapshot",
							  ALLOCSET_DEFAULT_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(context);
	ZmSchema *schema = zm_snapshot();
	char *text;

	MemoryContextSwitchTo(caller);
	text = zm_schema_out(schema);
	MemoryContextDelete(context);
	return text;
}

/* For the GUC level that is open. */
static void
pin_settings(void)
{
	for (int i = 0; i < lengthof(pinned); i++)
		(void) set_config_option(pinned[i].name, pinned[i].value, PGC_USERSET,
								 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0,
								 false);
}

static void
read_all(ZmReading *reading)
{
	for (int i = 0; i < lengthof(query_lists); i++)
	{
		for (const ZmQuery *query = query_lists[i]; query->sql; query++)
			read_query(reading, query);
	}
	read_query(reading, zm_subscription_query());
	zm_read_originals(reading);
	zm_read_parents(reading);
	zm_read_needs(reading);
	zm_read_cast_needs(reading);
	zm_read_class_needs(reading);
	zm_read_comments(reading);
	zm_warn_of_unknown(reading);
}

static void
read_query(ZmReading *reading, const ZmQuery *query)
{
	RowReader reader = {.reading = reading, .kind = zm_kind(query->kind)};

	if (!zm_kind_present(query->kind))
		return;
	zm_spi_each_slot(query->sql, NULL, read_row, &reader);
}

static void
read_row(TupleTableSlot *slot, void *arg)
{
	RowReader *reader = arg;
	ZmReadObject *read;

	CHECK_FOR_INTERRUPTS();
	if (reader->tupdesc == NULL)
		prepare(reader, slot->tts_tupleDescriptor);
	if (is_unknown(reader, slot))
		return;
	read = zm_reading_add(reader->reading);
	place(reader, read, slot);
	for (int i = 0; i < reader->tupdesc->natts; i++)
	{
		if (reader->targets[i] >= TARGET_ATTRIBUTE && !slot->tts_isnull[i])
			fill(reader, read, i, slot->tts_values[i]);
	}
	zm_reading_privileges(reader->reading, read);
}

/* Is the row no object?  Then its name is kept. */
static bool
is_unknown(RowReader *reader, TupleTableSlot *slot)
{
	ZmReading *reading = reader->reading;
	int column = reader->unknown;
	MemoryContext saved;

	if (column < 0 || slot->tts_isnull[column])
		return false;
	saved = MemoryContextSwitchTo(reading->context);
	reading->unknown = lappend(reading->unknown,
							   TextDatumGetCString(slot->tts_values[column]));
	MemoryContextSwitchTo(saved);
	return true;
}

/* What each column is for, and how its values become text. */
static void
prepare(RowReader *reader, TupleDesc tupdesc)
{
	MemoryContext saved = MemoryContextSwitchTo(reader->reading->context);

	reader->tupdesc = CreateTupleDescCopy(tupdesc);
	reader->unknown = -1;
	reader->targets = palloc(sizeof(int) * tupdesc->natts);
	reader->spellings = palloc(sizeof(int) * tupdesc->natts);
	reader->out = palloc0(sizeof(FmgrInfo) * tupdesc->natts);
	for (int i = 0; i < tupdesc->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(tupdesc, i);
		Oid function;
		bool varlena;

		reader->targets[i] = target_of(reader->kind, NameStr(column->attname));
		reader->spellings[i] = zm_attribute_find(
			reader->kind,
			psprintf("%s" ZM_SPELLING, NameStr(column->attname)));
		if (reader->targets[i] == TARGET_UNKNOWN)
			reader->unknown = i;
		getTypeOutputInfo(column->atttypid, &function, &varlena);
		fmgr_info(function, &reader->out[i]);
	}
	MemoryContextSwitchTo(saved);
}

static int
target_of(const ZmKind *kind, const char *column)
{
	for (int i = 0; i < lengthof(target_names); i++)
	{
		if (strcmp(target_names[i], column) == 0)
			return i;
	}
	return TARGET_ATTRIBUTE + zm_attribute_index(kind, column);
}

/* Makes the object of a row: identity, name and address. */
static void
place(RowReader *reader, ZmReadObject *read, TupleTableSlot *slot)
{
	char *texts[TARGET_ATTRIBUTE] = {0};

	for (int i = 0; i < reader->tupdesc->natts; i++)
	{
		Datum value = slot->tts_values[i];

		if (slot->tts_isnull[i])
			continue;
		switch (reader->targets[i])
		{
			case TARGET_CLASS:
				read->address.classId = DatumGetObjectId(value);
				break;
			case TARGET_ID:
				read->address.objectId = DatumGetObjectId(value);
				break;
			case TARGET_SUBID:
				read->address.objectSubId = DatumGetInt32(value);
				break;
			case TARGET_PARENT_CLASS:
				read->parent.classId = DatumGetObjectId(value);
				break;
			case TARGET_PARENT_ID:
				read->parent.objectId = DatumGetObjectId(value);
				break;
			case TARGET_PARENT_SUBID:
				read->parent.objectSubId = DatumGetInt32(value);
				break;
			case TARGET_SCHEMA:
			case TARGET_NAME:
			case TARGET_IDENTITY:
				texts[reader->targets[i]] = value_text(reader, i, value);
				break;
			default:
				break;
		}
	}
	if (texts[TARGET_IDENTITY] == NULL)
		elog(ERROR, "a query for kind \"%s\" gives no identity",
			 reader->kind->name);
	read->object = zm_schema_add(reader->reading->schema, reader->kind,
								 texts[TARGET_IDENTITY]);
	read->object->schema = texts[TARGET_SCHEMA];
	read->object->name = texts[TARGET_NAME];
	zm_reading_register(reader->reading, read);
}

static void
fill(RowReader *reader, ZmReadObject *read, int column, Datum value)
{
	int attribute = reader->targets[column] - TARGET_ATTRIBUTE;
	Oid type = TupleDescAttr(reader->tupdesc, column)->atttypid;

	if (attribute == ZM_OWNER && type == OIDOID)
		read->owner = DatumGetObjectId(value);
	else if (type == ACLITEMARRAYOID)
	{
		MemoryContext saved = MemoryContextSwitchTo(reader->reading->context);
		Acl *acl = DatumGetAclPCopy(value);

		if (attribute == ZM_PRIVILEGES)
			read->acl = acl;
		else
			read->initial_acl = acl;
		MemoryContextSwitchTo(saved);
	}
	else if (type == BOOLOID)
		read->object->attributes[attribute] = DatumGetBool(value) ? yes : NULL;
	else
		fill_text(reader, read, column, value_text(reader, column, value));
}

/* SQL, most of all: as it is compared and, if need be, as it is written. */
static void
fill_text(RowReader *reader, ZmReadObject *read, int column, char *text)
{
	int spelling = reader->spellings[column];
	char **attributes = read->object->attributes;
	MemoryContext saved = MemoryContextSwitchTo(reader->reading->context);

	if (TupleDescAttr(reader->tupdesc, column)->atttypid == TEXTOID)
		text = zm_settled(text, spelling >= 0 ? &attributes[spelling] : NULL);
	attributes[reader->targets[column] - TARGET_ATTRIBUTE] = text;
	MemoryContextSwitchTo(saved);
}

/* In the context of the schema. */
static char *
value_text(RowReader *reader, int column, Datum value)
{
	MemoryContext saved = MemoryContextSwitchTo(reader->reading->context);
	char *text = OutputFunctionCall(&reader->out[column], value);

	MemoryContextSwitchTo(saved);
	return text;
}
