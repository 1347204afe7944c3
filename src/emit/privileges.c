/*
 * privileges.c
 *
 * GRANT and REVOKE.
 *
 * Privileges are lists of "role:NAME=letters", "public=letters" and
 * "owner=letters" (see schema/role.c); none at all stands for what the server
 * gives by default.  A new object starts with what the default privileges of
 * the source say, which change behind everything else.
 *
 * What a REVOKE takes from a relation it takes from all of its columns, too.
 * So theirs are written behind it.
 */
#include "postgres.h"

#include "compat.h"
#include "emit/common.h"

/* The privileges of one grantee; NULL letters: none. */
typedef struct Grantee
{
	char *who; /* what stands before the "=" */
	char *letters;
} Grantee;

static const struct
{
	char letter;
	const char *word;
} words[] = {{'r', "SELECT"},	 {'a', "INSERT"},	{'w', "UPDATE"},
			 {'d', "DELETE"},	 {'D', "TRUNCATE"}, {'x', "REFERENCES"},
			 {'t', "TRIGGER"},	 {'m', "MAINTAIN"}, {'X', "EXECUTE"},
			 {'U', "USAGE"},	 {'C', "CREATE"},	{'c', "CONNECT"},
			 {'T', "TEMPORARY"}, {'s', "SET"},		{'A', "ALTER SYSTEM"}};

static const char *owner_of(const ZmEmit *emit, const ZmObject *new);
static bool revokes(const ZmEmit *emit, const ZmObject *relation);
static void write_those_of_columns(ZmEmit *emit, const ZmObject *relation);
static void write_those_of_column(ZmEmit *emit, const ZmObject *old,
								  const ZmObject *column, List *before,
								  List *after, const char *owner);
static void grant(ZmEmit *emit, const ZmObject *object, List *have, List *want,
				  const char *prefix, const char *on, const char *column,
				  const char *owner, const char *doubt);
static const char *target_words(const ZmObject *object);
static const char *target_name(const ZmObject *object);
static List *privileges_of(const ZmObject *object);
static List *given_at_creation(const ZmEmit *emit, const ZmObject *object);
static const ZmObject *
default_privileges(const ZmEmit *emit, const ZmObject *object, bool in_schema);
static List *parse_all(List *texts);
static Grantee *find(List *grantees, const char *who);
static char *lost_by(const Grantee *grantee, List *after, bool options);
static char *taken_back(const Grantee *grantee, List *before, List *after);
static char *all_passed_on(List *before, List *after);
static List *owned_by(List *have, const char *owner);
static List *merge(List *left, List *right);
static char *subtract(const char *left, const char *right, bool options);
static char *without(const char *letters, const char *others);
static void emit_one(ZmEmit *emit, const ZmObject *object, const char *prefix,
					 const char *on, const char *column, const char *who,
					 const char *owner, const char *letters, bool grant,
					 bool option);
static char *word_list(const char *letters, const char *column);
static char *role_text(const char *who, const char *owner);

void
zm_emit_privileges(ZmEmit *emit, const ZmChange *change)
{
	const ZmDiffOptions *options = emit->diff->options;
	const ZmObject *new = change->new;
	const ZmObject *old = change->old;
	bool is_column = new->kind->acl_type == 'c';
	const char *owner = owner_of(emit, new);
	const ZmObject *wanted = new;
	List *have;

	if (is_column)
	{
		if (bms_is_member(new->position, emit->granted) ||
			(old && !change->replaced && revokes(emit, new->parent)))
			return;
		emit->granted = bms_add_member(emit->granted, new->position);
	}
	if (!options->privileges)
	{
		if (old == NULL)
			return;
		wanted = old;
	}
	if (old && !change->replaced)
	{
		if (zm_same_text(old->attributes[ZM_PRIVILEGES],
						 wanted->attributes[ZM_PRIVILEGES]))
			return;
		have = privileges_of(old);
	}
	else
		have = given_at_creation(emit, new);
	zm_emit_grants(emit, new, owned_by(have, owner), privileges_of(wanted),
				   NULL,
				   psprintf("%s %s", target_words(new),
							target_name(is_column ? new->parent : new)),
				   is_column ? zm_identifier(new->name) : NULL, owner);
	if (new->kind->acl_type == 'r' && revokes(emit, new))
		write_those_of_columns(emit, new);
}

static const char *
owner_of(const ZmEmit *emit, const ZmObject *new)
{
	const ZmObject *whole = zm_owner_object(new);

	if (emit->diff->options->owners)
		return whole->attributes[ZM_OWNER];
	whole = zm_new_twin(emit->diff, whole);
	return whole ? whole->attributes[ZM_OWNER] : emit->diff->options->role;
}

/* Does a relation that stays lose some? */
static bool
revokes(const ZmEmit *emit, const ZmObject *relation)
{
	const ZmChange *change = zm_new_change(emit->diff, relation);
	List *after;
	ListCell *lc;

	if (change == NULL || change->old == NULL || change->replaced ||
		!emit->diff->options->privileges)
		return false;
	after = parse_all(privileges_of(relation));
	foreach (lc, parse_all(owned_by(privileges_of(change->old),
									owner_of(emit, relation))))
	{
		if (*lost_by(lfirst(lc), after, false) != '\0' ||
			*lost_by(lfirst(lc), after, true) != '\0')
			return true;
	}
	return false;
}

static void
write_those_of_columns(ZmEmit *emit, const ZmObject *relation)
{
	const char *owner = owner_of(emit, relation);
	List *before = parse_all(
		owned_by(privileges_of(zm_new_twin(emit->diff, relation)), owner));
	List *after = parse_all(privileges_of(relation));
	ListCell *lc;

	foreach (lc, relation->children)
	{
		const ZmObject *column = lfirst(lc);
		const ZmChange *change = zm_new_change(emit->diff, column);
		const ZmObject *old = zm_new_twin(emit->diff, column);

		if (column->kind->acl_type != 'c')
			continue;
		if (bms_is_member(column->position, emit->granted))
			old = column; /* made, with what it is to have */
		else if (change && change->replaced)
			old = NULL; /* not made yet */
		if (old)
			write_those_of_column(emit, old, column, before, after, owner);
	}
}

static void
write_those_of_column(ZmEmit *emit, const ZmObject *old,
					  const ZmObject *column, List *before, List *after,
					  const char *owner)
{
	List *have = NIL;
	ListCell *lc;

	foreach (lc, parse_all(owned_by(privileges_of(old), owner)))
	{
		const Grantee *grantee = lfirst(lc);
		const Grantee *of_all = find(before, grantee->who);
		char *letters = grantee->letters;

		if (of_all)
			letters = without(letters, lost_by(of_all, after, false));
		have = lappend(have, psprintf("%s=%s", grantee->who, letters));
	}
	emit->granted = bms_add_member(emit->granted, column->position);
	grant(emit, column, have, owned_by(privileges_of(column), owner), NULL,
		  psprintf("%s %s", target_words(column), target_name(column->parent)),
		  zm_identifier(column->name), owner, all_passed_on(before, after));
}

void
zm_emit_grants(ZmEmit *emit, const ZmObject *object, List *have, List *want,
			   const char *prefix, const char *on, const char *column,
			   const char *owner)
{
	grant(emit, object, have, want, prefix, on, column, owner, "");
}

/* Whoever has got a letter of doubt may have lost it. */
static void
grant(ZmEmit *emit, const ZmObject *object, List *have, List *want,
	  const char *prefix, const char *on, const char *column,
	  const char *owner, const char *doubt)
{
	List *before = parse_all(have);
	List *after = parse_all(want);
	char *in_doubt = psprintf("%s%s", doubt, all_passed_on(before, after));
	ListCell *lc;

	foreach (lc, before)
	{
		const Grantee *from = lfirst(lc);

		emit_one(emit, object, prefix, on, column, from->who, owner,
				 taken_back(from, before, after), false, true);
		emit_one(emit, object, prefix, on, column, from->who, owner,
				 lost_by(from, after, false), false, false);
	}
	foreach (lc, after)
	{
		const Grantee *to = lfirst(lc);
		const Grantee *from = find(before, to->who);
		const char *given = from ? from->letters : "";
		char *options;
		char *plain;

		if (strcmp(to->who, "owner") != 0)
			given = without(given, in_doubt);
		options = subtract(to->letters, given, true);
		plain = subtract(to->letters, given, false);

		emit_one(emit, object, prefix, on, column, to->who, owner,
				 subtract(plain, options, false), true, false);
		emit_one(emit, object, prefix, on, column, to->who, owner, options,
				 true, true);
	}
}

List *
zm_built_in_privileges(const ZmKind *kind)
{
	switch (kind->acl_type)
	{
		case 'r':
			return list_make1("owner=" ZM_TABLE_RIGHTS);
		case 's':
			return list_make1("owner=rwU");
		case 'f':
			return list_make2("owner=X", "public=X");
		case 'l':
		case 'T':
			return list_make2("owner=U", "public=U");
		case 'n':
			return list_make1("owner=UC");
		case 'F':
		case 'S':
			return list_make1("owner=U");
		default:
			return NIL;
	}
}

/* As GRANT names the kind of object. */
static const char *
target_words(const ZmObject *object)
{
	switch (object->kind->acl_type)
	{
		case 'c':
		case 'r':
			return "TABLE";
		case 's':
			return "SEQUENCE";
		case 'f':
			return object->kind == zm_kind(ZM_KIND_PROCEDURE) ? "PROCEDURE"
															  : "FUNCTION";
		case 'l':
			return "LANGUAGE";
		case 'n':
			return "SCHEMA";
		case 'F':
			return "FOREIGN DATA WRAPPER";
		case 'S':
			return "FOREIGN SERVER";
		default:
			return "TYPE";
	}
}

static const char *
target_name(const ZmObject *object)
{
	if (zm_is_kind(object, ZM_KIND_AGGREGATE))
		return zm_get(object, "signature");
	return object->identity;
}

static List *
privileges_of(const ZmObject *object)
{
	const char *value = object->attributes[ZM_PRIVILEGES];

	return value ? zm_list(value) : zm_built_in_privileges(object->kind);
}

/* What an object has right after its CREATE by the role that runs us. */
static List *
given_at_creation(const ZmEmit *emit, const ZmObject *object)
{
	const ZmObject *everywhere = default_privileges(emit, object, false);
	const ZmObject *in_schema = default_privileges(emit, object, true);
	List *given = everywhere ? zm_list(everywhere->attributes[ZM_PRIVILEGES])
							 : zm_built_in_privileges(object->kind);

	if (in_schema)
		given = merge(given, zm_list(in_schema->attributes[ZM_PRIVILEGES]));
	return given;
}

static const ZmObject *
default_privileges(const ZmEmit *emit, const ZmObject *object, bool in_schema)
{
	const char *on;
	const char *role = emit->diff->options->role;
	const ZmObject *found;

	switch (object->kind->acl_type)
	{
		case 'r':
			on = "TABLES";
			break;
		case 's':
			on = "SEQUENCES";
			break;
		case 'f':
			on = "FUNCTIONS";
			break;
		case 'T':
			on = "TYPES";
			break;
		case 'n':
			on = "SCHEMAS";
			break;
		default:
			return NULL;
	}
	if (role == NULL || (in_schema && object->schema == NULL))
		return NULL;
	found = zm_schema_find(
		emit->diff->old, zm_kind(ZM_KIND_DEFAULT_PRIVILEGES),
		in_schema
			? psprintf("FOR ROLE %s IN SCHEMA %s ON %s", zm_identifier(role),
					   zm_identifier(object->schema), on)
			: psprintf("FOR ROLE %s ON %s", zm_identifier(role), on));
	/* What is dropped is dropped first, what is altered or made comes last. */
	return found && zm_old_twin(emit->diff, found) ? found : NULL;
}

/* The same after the object has got that owner: what he was given as another
 * role is then the owner's. */
static List *
owned_by(List *have, const char *owner)
{
	char *prefix = owner ? psprintf("role:%s=", owner) : NULL;
	List *others = NIL;
	List *owners = NIL;
	ListCell *lc;

	foreach (lc, have)
	{
		char *text = lfirst(lc);

		if (prefix && strncmp(text, prefix, strlen(prefix)) == 0)
			owners =
				lappend(owners, psprintf("owner=%s",
										 without(text + strlen(prefix), "*")));
		else
			others = lappend(others, text);
	}
	return owners == NIL ? have : merge(others, owners);
}

static List *
parse_all(List *texts)
{
	List *grantees = NIL;
	ListCell *lc;

	foreach (lc, texts)
	{
		const char *text = lfirst(lc);
		const char *equals = strrchr(text, '=');
		Grantee *grantee = palloc(sizeof(Grantee));

		grantee->who = pnstrdup(text, equals - text);
		grantee->letters = pstrdup(equals + 1);
		grantees = lappend(grantees, grantee);
	}
	return grantees;
}

static Grantee *
find(List *grantees, const char *who)
{
	ListCell *lc;

	foreach (lc, grantees)
	{
		Grantee *grantee = lfirst(lc);

		if (strcmp(grantee->who, who) == 0)
			return grantee;
	}
	return NULL;
}

/* The letters that a grantee does not keep, or not with their options. */
static char *
lost_by(const Grantee *grantee, List *after, bool options)
{
	const Grantee *to = find(after, grantee->who);

	return subtract(grantee->letters, to ? to->letters : "", options);
}

/* The letters of which a grantee loses the option, if only for a moment: what
 * somebody else loses he may have got from him, and only so it can be had
 * back. */
static char *
taken_back(const Grantee *grantee, List *before, List *after)
{
	StringInfoData letters;
	ListCell *lc;

	initStringInfo(&letters);
	appendStringInfoString(&letters, lost_by(grantee, after, true));
	foreach (lc, before)
	{
		const Grantee *other = lfirst(lc);
		char *lost = psprintf("%s%s", lost_by(other, after, true),
							  lost_by(other, after, false));

		for (const char *c = grantee->letters; *c && other != grantee; c++)
		{
			if (c[1] == '*' && strchr(lost, *c) &&
				strchr(letters.data, *c) == NULL)
				appendStringInfoChar(&letters, *c);
		}
	}
	return letters.data;
}

/* Whoever got one of these loses it, and may get it back. */
static char *
all_passed_on(List *before, List *after)
{
	StringInfoData letters;
	ListCell *lc;

	initStringInfo(&letters);
	foreach (lc, before)
		appendStringInfoString(&letters,
							   taken_back(lfirst(lc), before, after));
	return letters.data;
}

/* Both together, as texts. */
static List *
merge(List *left, List *right)
{
	List *all = parse_all(left);
	List *merged = NIL;
	ListCell *lc;

	foreach (lc, parse_all(right))
	{
		Grantee *more = lfirst(lc);
		Grantee *known = find(all, more->who);

		if (known)
			known->letters =
				psprintf("%s%s", known->letters,
						 subtract(more->letters, known->letters, false));
		else
			all = lappend(all, more);
	}
	foreach (lc, all)
	{
		Grantee *grantee = lfirst(lc);

		merged =
			lappend(merged, psprintf("%s=%s", grantee->who, grantee->letters));
	}
	return merged;
}

/* The letters of the left that the right has not; with options, those that
 * carry the grant option on the left only. */
static char *
subtract(const char *left, const char *right, bool options)
{
	StringInfoData result;

	initStringInfo(&result);
	for (const char *c = left; *c; c++)
	{
		const char *other;

		if (*c == '*' || (options && c[1] != '*'))
			continue;
		other = strchr(right, *c);
		if (other == NULL ? true : options && other[1] != '*')
			appendStringInfoChar(&result, *c);
	}
	return result.data;
}

/* The letters that are not among others, with their options. */
static char *
without(const char *letters, const char *others)
{
	StringInfoData result;

	initStringInfo(&result);
	for (const char *c = letters; *c; c++)
	{
		if (strchr(others, *c))
			continue;
		if (*c != '*' || (c > letters && strchr(others, c[-1]) == NULL))
			appendStringInfoChar(&result, *c);
	}
	return result.data;
}

static void
emit_one(ZmEmit *emit, const ZmObject *object, const char *prefix,
		 const char *on, const char *column, const char *who,
		 const char *owner, const char *letters, bool grant, bool option)
{
	const char *ahead = prefix ? prefix : "";
	char *list;

	if (*letters == '\0')
		return;
	list = word_list(letters, column);
	if (grant)
		zm_emit(emit, "grant", object, "%sGRANT %s ON %s TO %s%s", ahead, list,
				on, role_text(who, owner), option ? " WITH GRANT OPTION" : "");
	else
		zm_emit(emit, "revoke", object, "%sREVOKE %s%s ON %s FROM %s%s", ahead,
				option ? "GRANT OPTION FOR " : "", list, on,
				role_text(who, owner), option ? " CASCADE" : "");
}

static char *
word_list(const char *letters, const char *column)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < lengthof(words); i++)
	{
		if (strchr(letters, words[i].letter) == NULL)
			continue;
		if (list.len > 0)
			appendStringInfoString(&list, ", ");
		appendStringInfoString(&list, words[i].word);
		if (column)
			appendStringInfo(&list, " (%s)", column);
	}
	return list.data;
}

static char *
role_text(const char *who, const char *owner)
{
	if (strcmp(who, "public") == 0)
		return pstrdup("PUBLIC");
	if (strcmp(who, "owner") == 0)
		return owner ? zm_identifier(owner) : pstrdup("CURRENT_USER");
	return zm_identifier(who + strlen("role:"));
}
