/*
 * role.c
 *
 * Owners and privileges.
 *
 * The privileges of an object are a list, sorted, of "role:NAME=letters",
 * "public=letters" and "owner=letters", with the letters of the server's
 * aclitem, "*" behind one that may be passed on.  The owner's own entry does
 * not name the owner, and who granted is left out: two databases whose objects
 * belong to different roles can have the same privileges.
 *
 * Rule: what the server gives an object by default is no value at all, also
 * where it was granted in so many words.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/array.h"
#include "utils/hsearch.h"

#include "schema/reading.h"
#include "util/arrays.h"

typedef struct RoleEntry
{
	Oid role;
	char *name;
} RoleEntry;

/* The letters of the rights, in the order of their bits. */
static const char right_letters[] = ACL_ALL_RIGHTS_STR;

static ObjectType object_type(char acl_type);
static List *items(ZmReading *reading, const Acl *acl, Oid owner);
static char *item_text(ZmReading *reading, Oid grantee, Oid owner,
					   AclMode rights, AclMode options);
static int compare_strings(const ListCell *left, const ListCell *right);

const char *
zm_reading_role(ZmReading *reading, Oid role)
{
	RoleEntry *entry;
	bool found;

	if (reading->role_names == NULL)
	{
		HASHCTL control = {.keysize = sizeof(Oid),
						   .entrysize = sizeof(RoleEntry),
						   .hcxt = reading->context};

		reading->role_names =
			hash_create("zishu_migrate roles", 32, &control,
						HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	}
	entry = hash_search(reading->role_names, &role, HASH_ENTER, &found);
	if (!found)
	{
		MemoryContext saved = MemoryContextSwitchTo(reading->context);

		entry->name = GetUserNameFromId(role, true);
		if (entry->name == NULL)
			entry->name = psprintf("%u", role);
		MemoryContextSwitchTo(saved);
	}
	return entry->name;
}

void
zm_reading_privileges(ZmReading *reading, ZmReadObject *read)
{
	const ZmKind *kind = read->object->kind;
	MemoryContext saved;
	Acl *default_acl;
	char *actual;

	if (OidIsValid(read->owner) && kind->has_owner)
		read->object->attributes[ZM_OWNER] =
			unconstify(char *, zm_reading_role(reading, read->owner));
	if (read->acl == NULL)
		return;
	saved = MemoryContextSwitchTo(reading->context);
	actual = zm_text_list_out(items(reading, read->acl, read->owner));
	/* Kinds that are about privileges have none by default. */
	if (kind->acl_type == 0)
	{
		read->object->attributes[ZM_PRIVILEGES] = actual;
		if (read->initial_acl)
			zm_set(read->object, "initial privileges",
				   zm_text_list_out(
					   items(reading, read->initial_acl, read->owner)));
		MemoryContextSwitchTo(saved);
		return;
	}
	default_acl = acldefault(object_type(kind->acl_type), read->owner);
	if (strcmp(actual, zm_text_list_out(
						   items(reading, default_acl, read->owner))) != 0)
		read->object->attributes[ZM_PRIVILEGES] = actual;
	MemoryContextSwitchTo(saved);
}

static ObjectType
object_type(char acl_type)
{
	switch (acl_type)
	{
		case 'c':
			return OBJECT_COLUMN;
		case 'r':
			return OBJECT_TABLE;
		case 's':
			return OBJECT_SEQUENCE;
		case 'f':
			return OBJECT_FUNCTION;
		case 'l':
			return OBJECT_LANGUAGE;
		case 'n':
			return OBJECT_SCHEMA;
		case 'F':
			return OBJECT_FDW;
		case 'S':
			return OBJECT_FOREIGN_SERVER;
		case 'T':
			return OBJECT_TYPE;
	}
	elog(ERROR, "unknown type of privileges '%c'", acl_type);
}

/* One text per grantee, sorted.  A grantee can have several items, by
 * different grantors: what counts is what they add up to. */
static List *
items(ZmReading *reading, const Acl *acl, Oid owner)
{
	const AclItem *item = ACL_DAT(acl);
	List *texts = NIL;

	for (int i = 0; i < ACL_NUM(acl); i++)
	{
		AclMode rights = 0;
		AclMode options = 0;
		bool earlier = false;

		for (int j = 0; j < ACL_NUM(acl); j++)
		{
			if (item[j].ai_grantee != item[i].ai_grantee)
				continue;
			earlier = earlier || j < i;
			rights |= ACLITEM_GET_PRIVS(item[j]);
			options |= ACLITEM_GET_GOPTIONS(item[j]);
		}
		if (!earlier && rights != 0)
			texts = lappend(texts, item_text(reading, item[i].ai_grantee,
											 owner, rights, options));
	}
	list_sort(texts, compare_strings);
	return texts;
}

static char *
item_text(ZmReading *reading, Oid grantee, Oid owner, AclMode rights,
		  AclMode options)
{
	StringInfoData text;

	initStringInfo(&text);
	if (grantee == ACL_ID_PUBLIC)
		appendStringInfoString(&text, "public=");
	else if (grantee == owner)
		appendStringInfoString(&text, "owner=");
	else
		appendStringInfo(&text, "role:%s=", zm_reading_role(reading, grantee));
	for (int bit = 0; right_letters[bit]; bit++)
	{
		if (rights & ((AclMode) 1 << bit))
			appendStringInfoChar(&text, right_letters[bit]);
		/* The owner may pass on everything, told or not. */
		if ((options & ((AclMode) 1 << bit)) && grantee != owner)
			appendStringInfoChar(&text, '*');
	}
	return text.data;
}

static int
compare_strings(const ListCell *left, const ListCell *right)
{
	return strcmp(lfirst(left), lfirst(right));
}
