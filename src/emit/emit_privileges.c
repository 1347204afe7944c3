/*
 * emit_privileges.c
 *
 * Statements for privileges on parts of extensions and of the server, and for
 * default privileges.
 *
 * The former start from what their CREATE EXTENSION, or initdb, gives.
 * Those for all schemas are told as what an object then has, so they start
 * from what the server gives by itself; those for one schema are what is
 * given besides.
 */
#include "postgres.h"

#include "emit/common.h"
#include "emit/emitters.h"

static void create_privileges(ZmEmit *emit, const ZmChange *change,
							  List *parts);
static void alter_privileges(ZmEmit *emit, const ZmChange *change);
static void drop_privileges(ZmEmit *emit, const ZmChange *change);
static void write_on(ZmEmit *emit, const ZmObject *object, const char *have,
					 const char *want);
static void create_default_privileges(ZmEmit *emit, const ZmChange *change,
									  List *parts);
static void alter_default_privileges(ZmEmit *emit, const ZmChange *change);
static void drop_default_privileges(ZmEmit *emit, const ZmChange *change);
static List *given_without(const ZmObject *object);
static void write_default(ZmEmit *emit, const ZmObject *object, List *have,
						  List *want);

const ZmEmitter zm_emitter_privileges = {.create = create_privileges,
										 .alter = alter_privileges,
										 .drop = drop_privileges};
const ZmEmitter zm_emitter_default_privileges = {
	.create = create_default_privileges,
	.alter = alter_default_privileges,
	.drop = drop_default_privileges};

static void
create_privileges(ZmEmit *emit, const ZmChange *change, List *parts)
{
	write_on(emit, change->new, zm_get(change->new, "initial privileges"),
			 change->new->attributes[ZM_PRIVILEGES]);
}

static void
alter_privileges(ZmEmit *emit, const ZmChange *change)
{
	write_on(emit, change->new, change->old->attributes[ZM_PRIVILEGES],
			 change->new->attributes[ZM_PRIVILEGES]);
}

static void
drop_privileges(ZmEmit *emit, const ZmChange *change)
{
	write_on(emit, change->old, change->old->attributes[ZM_PRIVILEGES],
			 zm_get(change->old, "initial privileges"));
}

static void
write_on(ZmEmit *emit, const ZmObject *object, const char *have,
		 const char *want)
{
	if (emit->diff->options->privileges)
		zm_emit_grants(emit, object, zm_list(have), zm_list(want), NULL,
					   object->identity, NULL, NULL);
}

static void
create_default_privileges(ZmEmit *emit, const ZmChange *change, List *parts)
{
	write_default(emit, change->new, given_without(change->new),
				  zm_list(change->new->attributes[ZM_PRIVILEGES]));
}

static void
alter_default_privileges(ZmEmit *emit, const ZmChange *change)
{
	write_default(emit, change->new,
				  zm_list(change->old->attributes[ZM_PRIVILEGES]),
				  zm_list(change->new->attributes[ZM_PRIVILEGES]));
}

static void
drop_default_privileges(ZmEmit *emit, const ZmChange *change)
{
	write_default(emit, change->old,
				  zm_list(change->old->attributes[ZM_PRIVILEGES]),
				  given_without(change->old));
}

static List *
given_without(const ZmObject *object)
{
	static const struct
	{
		const char *word;
		ZmKindId kind;
	} kinds[] = {{"TABLES", ZM_KIND_TABLE},
				 {"SEQUENCES", ZM_KIND_SEQUENCE},
				 {"FUNCTIONS", ZM_KIND_FUNCTION},
				 {"TYPES", ZM_KIND_ENUM},
				 {"SCHEMAS", ZM_KIND_SCHEMA}};

	if (object->schema)
		return NIL;
	for (int i = 0; i < lengthof(kinds); i++)
	{
		if (strcmp(object->name, kinds[i].word) == 0)
			return zm_built_in_privileges(zm_kind(kinds[i].kind));
	}
	return list_make1("owner=rw"); /* large objects */
}

static void
write_default(ZmEmit *emit, const ZmObject *object, List *have, List *want)
{
	/* The identity ends in " ON TABLES". */
	int target = strlen(object->identity) - strlen(object->name) - 4;

	if (!emit->diff->options->privileges)
		return;
	zm_emit_grants(
		emit, object, have, want,
		psprintf("ALTER DEFAULT PRIVILEGES %.*s ", target, object->identity),
		object->name, NULL, zm_get(object, "role"));
}
