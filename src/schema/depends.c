/*
 * depends.c
 *
 * What objects need of each other, from pg_depend.
 *
 * The catalog is read once.  Entries that make something internal to an
 * object, or a member of an extension, come first: they say for what an
 * address stands.  All others are then needs between the objects that both
 * ends stand for.
 */
#include "postgres.h"

#include "access/transam.h"
#include "catalog/dependency.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_publication.h"
#include "catalog/pg_publication_rel.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"

#include "schema/reading.h"
#include "util/arrays.h"
#include "util/spi.h"

typedef struct Dependencies
{
	ZmReading *reading;
	ZmDependency *all;
	int count;
	int room;
} Dependencies;

/*
 * Nothing that an initdb made depends on what a user made.
 *
 * A table's place under its parent table (see q_relation.c for its address)
 * needs that one, its indexes that are attached to the parent's, the checks
 * and foreign keys that the parent passes on, and the parent's: the server
 * expects them, or would make others, as it does beside an invalid index.
 * What was added to an operator family belongs to it, or to what is told of it
 * where it is the server's or an extension's (see q_routine.c).
 * What is passed on needs what it comes from.  A constraint that says not null
 * is a part of its column.  An operator that another one calls its commutator
 * or negator, without calling that one so, is made behind it: the server would
 * link the two otherwise.
 */
static const char *const depend_query =
	"SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, "
	"deptype FROM pg_catalog.pg_depend "
	"WHERE objid OPERATOR(pg_catalog.>=) 16384 "
	"OR refobjid OPERATOR(pg_catalog.>=) 16384 "
	"OR deptype OPERATOR(pg_catalog.=) 'e' "
	"UNION ALL "
	"SELECT 'pg_catalog.pg_inherits'::pg_catalog.regclass, inhrelid, "
	"inhseqno, 'pg_catalog.pg_class'::pg_catalog.regclass, inhparent, 0, 'n' "
	"FROM pg_catalog.pg_inherits "
	"UNION ALL "
	"SELECT 'pg_catalog.pg_inherits'::pg_catalog.regclass, place.inhrelid, "
	"place.inhseqno, 'pg_catalog.pg_class'::pg_catalog.regclass, "
	"side.id, 0, 'n' FROM pg_catalog.pg_inherits attached "
	"JOIN pg_catalog.pg_index i "
	"ON i.indexrelid OPERATOR(pg_catalog.=) attached.inhrelid "
	"AND i.indisvalid "
	"JOIN pg_catalog.pg_inherits place "
	"ON place.inhrelid OPERATOR(pg_catalog.=) i.indrelid "
	"CROSS JOIN LATERAL (VALUES (attached.inhrelid), (attached.inhparent)) "
	"side (id) "
	"UNION ALL "
	"SELECT side.class, side.id, side.subid, "
	"'pg_catalog.pg_constraint'::pg_catalog.regclass, side.needed, 0, 'n' "
	"FROM pg_catalog.pg_inherits place "
	"JOIN pg_catalog.pg_constraint own "
	"ON own.conrelid OPERATOR(pg_catalog.=) place.inhrelid "
	"AND own.coninhcount OPERATOR(pg_catalog.>) 0 "
	"AND own.contype OPERATOR(pg_catalog.=) ANY ('{c,f}') "
	"JOIN pg_catalog.pg_constraint theirs "
	"ON theirs.conrelid OPERATOR(pg_catalog.=) place.inhparent "
	"AND theirs.contype OPERATOR(pg_catalog.=) own.contype "
	"AND CASE WHEN own.contype OPERATOR(pg_catalog.=) 'f' "
	"THEN theirs.oid OPERATOR(pg_catalog.=) own.conparentid "
	"ELSE theirs.conname OPERATOR(pg_catalog.=) own.conname END "
	"CROSS JOIN LATERAL (VALUES "
	"('pg_catalog.pg_inherits'::pg_catalog.regclass, place.inhrelid, "
	"place.inhseqno, own.oid), "
	"('pg_catalog.pg_inherits'::pg_catalog.regclass, place.inhrelid, "
	"place.inhseqno, theirs.oid), "
	"('pg_catalog.pg_constraint'::pg_catalog.regclass, own.oid, 0, "
	"theirs.oid)) side (class, id, subid, needed) "
	"UNION ALL "
	"SELECT member.class, member.id, 0, "
	"'pg_catalog.pg_opfamily'::pg_catalog.regclass, member.family, 1, 'i' "
	"FROM (SELECT 'pg_catalog.pg_amop'::pg_catalog.regclass, oid, amopfamily "
	"FROM pg_catalog.pg_amop UNION ALL "
	"SELECT 'pg_catalog.pg_amproc'::pg_catalog.regclass, oid, amprocfamily "
	"FROM pg_catalog.pg_amproc) member (class, id, family) "
	"WHERE member.id OPERATOR(pg_catalog.>=) 16384 "
	"AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d "
	"WHERE d.classid OPERATOR(pg_catalog.=) member.class "
	"AND d.objid OPERATOR(pg_catalog.=) member.id "
	"AND d.refclassid OPERATOR(pg_catalog.=) "
	"'pg_catalog.pg_opclass'::pg_catalog.regclass) "
	"UNION ALL "
	"SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, oid, 0, "
	"'pg_catalog.pg_class'::pg_catalog.regclass, conrelid, conkey[1], 'i' "
	"FROM pg_catalog.pg_constraint "
	"WHERE contype OPERATOR(pg_catalog.=) 'n' "
	"AND conrelid OPERATOR(pg_catalog.<>) 0 "
	"UNION ALL "
	"SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, called.oid, 0, "
	"'pg_catalog.pg_operator'::pg_catalog.regclass, caller.oid, 0, 'n' "
	"FROM pg_catalog.pg_operator caller "
	"CROSS JOIN LATERAL (VALUES (true, caller.oprcom), "
	"(false, caller.oprnegate)) link (turned, id) "
	"JOIN pg_catalog.pg_operator called "
	"ON called.oid OPERATOR(pg_catalog.=) link.id "
	"AND called.oprcode OPERATOR(pg_catalog.<>) 0 "
	"AND CASE WHEN link.turned THEN called.oprcom ELSE called.oprnegate END "
	"OPERATOR(pg_catalog.<>) caller.oid "
	"WHERE caller.oid OPERATOR(pg_catalog.>=) 16384";

static void keep(TupleTableSlot *slot, void *arg);
static bool stands_for(ZmReading *reading, const ZmDependency *dependency);
static void add_need(ZmReading *reading, const ZmDependency *dependency);
static void add_missed(ZmReading *reading, const ZmDependency *dependency);
static void note_rows(ZmObject *from, const ZmObject *to,
					  const ZmDependency *dependency);
static bool is_table(const ZmObject *object);
static bool is_of_copy(ZmReading *reading, const ZmObject *from,
					   const ZmDependency *dependency);
static bool is_missed(ZmReading *reading, const ZmDependency *dependency,
					  bool of_known);
static void add_extension(ZmReading *reading, ZmObject *from,
						  const ZmObject *extension);

void
zm_read_needs(ZmReading *reading)
{
	Dependencies found = {.reading = reading, .room = 1024};

	found.all = MemoryContextAllocHuge(reading->context,
									   sizeof(ZmDependency) * found.room);
	zm_spi_each_slot(depend_query, NULL, keep, &found);
	for (int i = 0; i < found.count; i++)
	{
		if (stands_for(reading, &found.all[i]))
			zm_reading_alias(reading, &found.all[i].from, &found.all[i].to);
	}
	zm_leave_out_passing(reading, found.all, found.count);
	for (int i = 0; i < found.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		add_need(reading, &found.all[i]);
	}
	pfree(found.all);
}

static void
keep(TupleTableSlot *slot, void *arg)
{
	Dependencies *found = arg;
	const Datum *values = slot->tts_values;
	ZmDependency *next;

	if (found->count == found->room)
	{
		found->room *= 2;
		found->all =
			repalloc_huge(found->all, sizeof(ZmDependency) * found->room);
	}
	next = &found->all[found->count++];
	memset(next, 0, sizeof(*next));
	next->from.classId = DatumGetObjectId(values[0]);
	next->from.objectId = DatumGetObjectId(values[1]);
	next->from.objectSubId = DatumGetInt32(values[2]);
	next->to.classId = DatumGetObjectId(values[3]);
	next->to.objectId = DatumGetObjectId(values[4]);
	next->to.objectSubId = DatumGetInt32(values[5]);
	next->type = DatumGetChar(values[6]);
}

/* Is the one end a mere part of what the other one is? */
static bool
stands_for(ZmReading *reading, const ZmDependency *dependency)
{
	if (dependency->type == DEPENDENCY_INTERNAL ||
		dependency->type == DEPENDENCY_EXTENSION)
		return true;
	/* The triggers that a partition has from its parent. */
	if (dependency->type == DEPENDENCY_PARTITION_PRI)
		return dependency->from.classId == TriggerRelationId &&
			   dependency->to.classId == TriggerRelationId;
	/* What of a publication is no object of its own. */
	return dependency->type == DEPENDENCY_AUTO &&
		   dependency->from.classId == PublicationRelRelationId &&
		   dependency->to.classId == PublicationRelationId;
}

static void
add_need(ZmReading *reading, const ZmDependency *dependency)
{
	ZmObject *from = zm_reading_find(reading, &dependency->from);
	ZmObject *to = zm_reading_find(reading, &dependency->to);
	MemoryContext saved;

	if (from == NULL && is_missed(reading, dependency, to != NULL))
		add_missed(reading, dependency);
	if (from == NULL || to == NULL ||
		(from == to && from->kind->names != ZM_NAMES_ROUTINE))
		return;
	if (is_of_copy(reading, from, dependency))
		return;
	if (is_table(from) && is_table(to))
		return; /* it is the place of the one under the other that needs it */
	note_rows(from, to, dependency);
	saved = MemoryContextSwitchTo(reading->context);
	if (dependency->type == DEPENDENCY_AUTO_EXTENSION)
		add_extension(reading, from, to);
	else
		from->needs = lappend(from->needs, to);
	MemoryContextSwitchTo(saved);
}

/* Does only the trigger's copy need it, that a partition has?  That comes and
 * goes with the partition. */
static bool
is_of_copy(ZmReading *reading, const ZmObject *from,
		   const ZmDependency *dependency)
{
	return zm_is_kind(from, ZM_KIND_TRIGGER) &&
		   dependency->to.classId == RelationRelationId &&
		   zm_reading_at(reading, &dependency->from) == NULL;
}

/* Is it not known what stands there?  What hangs on a mere part, as the index
 * of a TOAST table does, is one, too; the places of tables and indexes under
 * their parents have no addresses but ours. */
static bool
is_missed(ZmReading *reading, const ZmDependency *dependency, bool of_known)
{
	ObjectAddress whole = dependency->to;

	whole.objectSubId = 0;
	if (of_known && dependency->type == DEPENDENCY_AUTO &&
		zm_reading_at(reading, &whole) == NULL)
		return false;
	return dependency->from.objectId >= FirstNormalObjectId &&
		   dependency->from.classId != InheritsRelationId;
}

static void
add_missed(ZmReading *reading, const ZmDependency *dependency)
{
	MemoryContext saved = MemoryContextSwitchTo(reading->context);
	ZmDependency *missed = palloc(sizeof(ZmDependency));

	*missed = *dependency;
	reading->missed = lappend(reading->missed, missed);
	MemoryContextSwitchTo(saved);
}

/* A query that reads a table needs its type only for rows that it makes
 * itself. */
static void
note_rows(ZmObject *from, const ZmObject *to, const ZmDependency *dependency)
{
	if (dependency->to.classId == TypeRelationId && is_table(to) &&
		(zm_is_kind(from, ZM_KIND_VIEW) ||
		 zm_is_kind(from, ZM_KIND_MATERIALIZED_VIEW)))
		zm_set(from, "makes rows", "true");
}

static bool
is_table(const ZmObject *object)
{
	return object->kind == zm_kind(ZM_KIND_TABLE) ||
		   object->kind == zm_kind(ZM_KIND_FOREIGN_TABLE);
}

/* ALTER ... DEPENDS ON EXTENSION */
static void
add_extension(ZmReading *reading, ZmObject *from, const ZmObject *extension)
{
	List *names = zm_text_list_in(from->attributes[ZM_EXTENSIONS]);

	names = lappend(names, extension->name);
	from->attributes[ZM_EXTENSIONS] = zm_text_list_out(names);
}
