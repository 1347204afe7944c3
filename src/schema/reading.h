/*
 * reading.h
 *
 * A schema while it is being read: which object stands at which address of
 * the catalogs.
 *
 * Rule: addresses end here; the schema that comes out knows none.
 */
#ifndef ZM_READING_H
#define ZM_READING_H

#include "catalog/objectaddress.h"
#include "utils/acl.h"

#include "schema/queries.h"

typedef struct ZmReadObject
{
	ObjectAddress address;
	ObjectAddress parent; /* objid 0: none */
	Oid owner;
	Acl *acl;		  /* NULL: the default */
	Acl *initial_acl; /* of kinds that tell it */
	ZmObject *object;
} ZmReadObject;

/* One entry of pg_depend. */
typedef struct ZmDependency
{
	ObjectAddress from;
	ObjectAddress to;
	char type;
} ZmDependency;

typedef struct ZmReading
{
	MemoryContext context;
	ZmSchema *schema;
	List *objects;	  /* ZmReadObject * */
	HTAB *by_address; /* address to object, or to the address it stands for */
	HTAB *role_names; /* oid to name */
	List *missed;	  /* ZmDependency *: of what is no object */
	List *unknown;	  /* char *: names of other things that are none */
} ZmReading;

/* reading.c */
extern ZmReading *zm_reading_begin(void);
extern ZmReadObject *zm_reading_add(ZmReading *reading);
extern void zm_reading_register(ZmReading *reading, ZmReadObject *read);
/* That address, internal to the other one, means what the other one means. */
extern void zm_reading_alias(ZmReading *reading, const ObjectAddress *address,
							 const ObjectAddress *meaning);
/* What stands at exactly this address; NULL: no object of the schema. */
extern ZmObject *zm_reading_at(ZmReading *reading,
							   const ObjectAddress *address);
/* The same, or what the address stands for. */
extern ZmObject *zm_reading_find(ZmReading *reading,
								 const ObjectAddress *address);
/* Nothing stands at the addresses of these (ZmReadObject *) any more. */
extern void zm_reading_remove(ZmReading *reading, List *objects);
/* Resolves the parents of all objects. */
extern void zm_read_parents(ZmReading *reading);
/* The indexed schema. */
extern ZmSchema *zm_reading_end(ZmReading *reading);

/* role.c: the name of a role, kept; for an unknown one its OID as text. */
extern const char *zm_reading_role(ZmReading *reading, Oid role);
/* Sets owner and privileges of an object from what was read. */
extern void zm_reading_privileges(ZmReading *reading, ZmReadObject *read);

/* originals.c: definitions that say nothing of where columns stand. */
extern void zm_read_originals(ZmReading *reading);

/* depends.c: what the objects need, from pg_depend. */
extern void zm_read_needs(ZmReading *reading);

/* passing.c: takes out what goes with a session; of all of pg_depend. */
extern void zm_leave_out_passing(ZmReading *reading, const ZmDependency *all,
								 int count);

/* cast_needs.c: what expressions need of casts, from the needs that are. */
extern void zm_read_cast_needs(ZmReading *reading);

/* class_needs.c: what queries and statistics need of operator classes. */
extern void zm_read_class_needs(ZmReading *reading);

/* comments.c: comments and security labels. */
extern void zm_read_comments(ZmReading *reading);

/* unknown.c: warns of what was not read. */
extern void zm_warn_of_unknown(ZmReading *reading);

#endif /* ZM_READING_H */
