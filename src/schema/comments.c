/*
 * comments.c
 *
 * Comments and security labels, one pass each.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "schema/reading.h"
#include "util/arrays.h"
#include "util/spi.h"

static const char *const comment_query =
	"SELECT classoid, objoid, objsubid, description "
	"FROM pg_catalog.pg_description "
	"WHERE objoid OPERATOR(pg_catalog.>=) 16384 "
	"OR classoid OPERATOR(pg_catalog.=) "
	"'pg_catalog.pg_namespace'::pg_catalog.regclass "
	"OR classoid OPERATOR(pg_catalog.=) "
	"'pg_catalog.pg_extension'::pg_catalog.regclass";

static const char *const label_query =
	"SELECT classoid, objoid, objsubid, provider, label "
	"FROM pg_catalog.pg_seclabel ORDER BY provider COLLATE \"C\"";

static ZmObject *object_of(ZmReading *reading, const Datum *values);
static void add_comment(TupleTableSlot *slot, void *arg);
static void add_label(TupleTableSlot *slot, void *arg);

void
zm_read_comments(ZmReading *reading)
{
	zm_spi_each_slot(comment_query, NULL, add_comment, reading);
	zm_spi_each_slot(label_query, NULL, add_label, reading);
}

/* Only what stands at the very address: the comment on the index of a
 * constraint is not one on the constraint. */
static ZmObject *
object_of(ZmReading *reading, const Datum *values)
{
	ObjectAddress address;

	address.classId = DatumGetObjectId(values[0]);
	address.objectId = DatumGetObjectId(values[1]);
	address.objectSubId = DatumGetInt32(values[2]);
	return zm_reading_at(reading, &address);
}

static void
add_comment(TupleTableSlot *slot, void *arg)
{
	ZmReading *reading = arg;
	ZmObject *object = object_of(reading, slot->tts_values);

	if (object)
		object->attributes[ZM_COMMENT] = MemoryContextStrdup(
			reading->context, TextDatumGetCString(slot->tts_values[3]));
}

static void
add_label(TupleTableSlot *slot, void *arg)
{
	ZmReading *reading = arg;
	ZmObject *object = object_of(reading, slot->tts_values);
	MemoryContext saved;
	List *labels;

	if (object == NULL)
		return;
	saved = MemoryContextSwitchTo(reading->context);
	labels = zm_text_list_in(object->attributes[ZM_SECURITY_LABELS]);
	labels = lappend(
		labels, psprintf("%s=%s", TextDatumGetCString(slot->tts_values[3]),
						 TextDatumGetCString(slot->tts_values[4])));
	object->attributes[ZM_SECURITY_LABELS] = zm_text_list_out(labels);
	MemoryContextSwitchTo(saved);
}
