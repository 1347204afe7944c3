/*
 * column_hazard.c
 *
 * What new columns and other types of columns mean for the rows.
 *
 * Rule: what the server spares itself is no hazard, and what cannot fail is not
 * said to.
 */
#include "postgres.h"

#include "diff/inheriting.h"
#include "diff/rules.h"
#include "diff/types.h"
#include "emit/emitters.h"

static bool is_filled_by_row(const ZmObject *column, const char *value);
static bool is_volatile(const ZmObject *column, const char *value);
static bool is_checked(const ZmObject *object);
static bool refuses_null(const ZmObject *object);
static bool has_not_null(const ZmObject *object);
static bool keeps_bytes(const ZmObject *old, const ZmObject *new);
static bool takes_all(const ZmObject *old, const ZmObject *new);
static void note_labels_within(const ZmEmit *emit, ZmStatementOut *statement,
							   const ZmObject *object);
static void note_lost_labels(ZmStatementOut *statement, const ZmObject *old,
							 const ZmObject *new);
static char *lost_labels(const ZmObject *old, const ZmObject *new);
static bool is_array(const ZmObject *column);
static const ZmObject *enum_of(const ZmObject *column);

void
zm_emit_new_column_hazard(ZmStatementOut *statement, const ZmObject *column,
						  const char *value)
{
	const ZmObject *domain = zm_domain_of(column);

	if (value == NULL && domain)
		value = zm_get(domain, "default");
	if (is_filled_by_row(column, value))
		zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
	if (value == NULL && refuses_null(column) &&
		zm_is_kind(column->parent, ZM_KIND_TABLE) &&
		zm_get(column, "generated") == NULL &&
		zm_identity_sequence(column) == NULL)
		zm_emit_hazard(statement, ZM_HAZARD_MAY_FAIL);
}

/* Does every row get a value of its own?  What a domain checks is checked row
 * by row. */
static bool
is_filled_by_row(const ZmObject *column, const char *value)
{
	return zm_is(column, "generated", "stored") ||
		   zm_identity_sequence(column) || is_checked(column) ||
		   (value && is_volatile(column, value));
}

/* Of the server's and of extensions' functions the usual ones are known. */
static bool
is_volatile(const ZmObject *column, const char *value)
{
	static const char *const functions[] = {
		"nextval(",			"random(",			"gen_random_uuid(",
		"uuid_generate_v1", "uuid_generate_v4", "clock_timestamp(",
		"timeofday("};
	ListCell *lc;

	for (int i = 0; i < lengthof(functions); i++)
	{
		if (strstr(value, functions[i]))
			return true;
	}
	foreach (lc, column->children)
	{
		const ZmObject *child = lfirst(lc);
		ListCell *cell;

		foreach (cell, zm_is_kind(child, ZM_KIND_DEFAULT) ? child->needs : NIL)
		{
			const ZmObject *needed = lfirst(cell);

			if (zm_is_kind(needed, ZM_KIND_FUNCTION) &&
				zm_flag(needed, "volatile"))
				return true;
		}
	}
	return false;
}

/* Has its type something to check? */
static bool
is_checked(const ZmObject *object)
{
	const ZmObject *domain = zm_domain_of(object);

	return domain && (zm_flag(domain, "not null") || domain->children != NIL ||
					  is_checked(domain));
}

/* The checks of domains rarely do. */
static bool
refuses_null(const ZmObject *object)
{
	const ZmObject *domain = zm_domain_of(object);

	return zm_flag(object, "not null") || has_not_null(object) ||
		   (domain && refuses_null(domain));
}

/* Since 17, that of a domain is a constraint. */
static bool
has_not_null(const ZmObject *object)
{
	ListCell *lc;

	foreach (lc, object->children)
	{
		if (zm_is_kind(lfirst(lc), ZM_KIND_DOMAIN_CONSTRAINT) &&
			zm_is(lfirst(lc), "definition", "NOT NULL"))
			return true;
	}
	return false;
}

void
zm_emit_type_hazard(const ZmEmit *emit, ZmStatementOut *statement,
					const ZmChange *change, bool converts)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	bool alike = is_array(old) == is_array(new);
	const ZmObject *from = alike ? enum_of(old) : NULL;
	const ZmObject *to = alike ? enum_of(new) : NULL;
	/* What is made anew need not be more than a collation, or a domain. */
	bool anew = change->retyped &&
				(converts || zm_domain_of_elements(zm_domain_base(new)));

	if (anew || !keeps_bytes(old, new))
		zm_emit_hazard(statement, ZM_HAZARD_REWRITE);
	if (from && to ? lost_labels(from, to) != NULL
				   : anew || !takes_all(old, new))
		zm_emit_hazard(statement, ZM_HAZARD_MAY_FAIL);
	if (from && to)
		note_lost_labels(statement, from, to);
	else
		note_labels_within(emit, statement, old);
}

/* Of enums that are within what the type is made of. */
static void
note_labels_within(const ZmEmit *emit, ZmStatementOut *statement,
				   const ZmObject *object)
{
	ListCell *lc;

	foreach (lc, object->needs)
	{
		const ZmObject *old = lfirst(lc);
		const ZmObject *new = zm_old_twin(emit->diff, old);

		if (zm_is_kind(old, ZM_KIND_DOMAIN))
			note_labels_within(emit, statement, old);
		else if (zm_is_kind(old, ZM_KIND_ENUM) && new != NULL &&
				 zm_is_kind(new, ZM_KIND_ENUM))
			note_lost_labels(statement, old, new);
	}
}

static void
note_lost_labels(ZmStatementOut *statement, const ZmObject *old,
				 const ZmObject *new)
{
	char *labels = lost_labels(old, new);

	if (labels)
		zm_emit_note(statement, "no row may hold %s", labels);
	zm_emit_label_hints(statement, old, new);
}

/* The labels that the one enum has and the other one has not; or NULL. */
static char *
lost_labels(const ZmObject *old, const ZmObject *new)
{
	List *kept = zm_get_list(new, "labels");
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, zm_get_list(old, "labels"))
	{
		if (!zm_list_has(kept, lfirst(lc)))
			appendStringInfo(&text, "%s%s", text.len > 0 ? ", " : "",
							 zm_literal(lfirst(lc)));
	}
	return text.len > 0 ? text.data : NULL;
}

/* A domain is what it is made of, as long as nothing is to be checked. */
static bool
keeps_bytes(const ZmObject *old, const ZmObject *new)
{
	const char *from = zm_get(zm_domain_base(old), "type");
	const char *to = zm_get(zm_domain_base(new), "type");

	if (is_checked(new))
		return false;
	/* The server does not see the length that a domain has. */
	return strcmp(from, to) == 0 ||
		   (zm_type_keeps_bytes(from, to) &&
			(zm_domain_of(old) == NULL || strchr(to, '(') == NULL));
}

static bool
takes_all(const ZmObject *old, const ZmObject *new)
{
	return !is_checked(new) &&
		   zm_type_widens(zm_get(zm_domain_base(old), "type"),
						  zm_get(zm_domain_base(new), "type"));
}

static bool
is_array(const ZmObject *column)
{
	return strchr(zm_get(column, "type"), '[') != NULL;
}

/* The enum that a column, or each element of it, is of. */
static const ZmObject *
enum_of(const ZmObject *column)
{
	const char *type = zm_get(column, "type");
	ListCell *lc;

	foreach (lc, column->needs)
	{
		const ZmObject *needed = lfirst(lc);

		if (zm_is_kind(needed, ZM_KIND_ENUM) &&
			zm_is_or_array(type, needed->identity))
			return needed;
	}
	return NULL;
}
