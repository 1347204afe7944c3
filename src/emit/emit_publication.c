/*
 * emit_publication.c
 *
 * Statements for publications and subscriptions.
 *
 * Rule: no statement contacts a publisher.  A subscription is made without
 * its slot and dropped without it; what is to be done there is noted.
 */
#include "postgres.h"

#include "emit/emitters.h"

static void create_publication(ZmEmit *emit, const ZmChange *change,
							   List *parts);
static void append_parts(StringInfo text, const ZmObject *publication,
						 List *parts);
static char *except_clause(const ZmObject *publication);
static char *table_clause(const ZmObject *table);
static void alter_publication(ZmEmit *emit, const ZmChange *change);
static char *publish_option(const ZmObject *publication);
static char *via_root_option(const ZmObject *publication);
static char *generated_option(const ZmObject *publication);
static void append_option(StringInfo text, const char *option);
static void create_table(ZmEmit *emit, const ZmChange *change, List *parts);
static void drop_table(ZmEmit *emit, const ZmChange *change);
static void create_schema(ZmEmit *emit, const ZmChange *change, List *parts);
static void drop_schema(ZmEmit *emit, const ZmChange *change);

static void create_subscription(ZmEmit *emit, const ZmChange *change,
								List *parts);
static void alter_subscription(ZmEmit *emit, const ZmChange *change);
static void drop_subscription(ZmEmit *emit, const ZmChange *change);
static char *connection_clause(const ZmObject *subscription);
static char *publication_list(const ZmObject *subscription);
static char *slot_text(const ZmObject *subscription);
static void set_enabled(ZmEmit *emit, const ZmObject *subscription,
						bool enabled);

const ZmEmitter zm_emitter_publication = {.create = create_publication,
										  .alter = alter_publication};
const ZmEmitter zm_emitter_publication_table = {.create = create_table,
												.drop = drop_table};
const ZmEmitter zm_emitter_publication_schema = {.create = create_schema,
												 .drop = drop_schema};
const ZmEmitter zm_emitter_subscription = {.create = create_subscription,
										   .alter = alter_subscription,
										   .drop = drop_subscription};

static void
create_publication(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	StringInfoData text;
	StringInfoData options;

	initStringInfo(&text);
	initStringInfo(&options);
	append_parts(&text, new, parts);
	if (zm_get(new, "publish"))
		append_option(&options, publish_option(new));
	if (zm_flag(new, "via partition root"))
		append_option(&options, via_root_option(new));
	if (zm_get(new, "generated columns"))
		append_option(&options, generated_option(new));
	if (options.len > 0)
		appendStringInfo(&text, " WITH (%s)", options.data);
	zm_emit(emit, "create", new, "CREATE PUBLICATION %s%s", new->identity,
			text.data);
}

/* What it publishes. */
static void
append_parts(StringInfo text, const ZmObject *publication, List *parts)
{
	const char *separator = " FOR ";
	ListCell *lc;

	if (zm_flag(publication, "all tables"))
	{
		appendStringInfo(text, "%sALL TABLES%s", separator,
						 except_clause(publication));
		separator = ", ";
	}
	if (zm_flag(publication, "all sequences"))
		appendStringInfo(text, "%sALL SEQUENCES", separator);
	foreach (lc, parts)
	{
		const ZmObject *part = lfirst(lc);

		appendStringInfoString(text, separator);
		if (part->kind == zm_kind(ZM_KIND_PUBLICATION_TABLE))
			appendStringInfoString(text, table_clause(part));
		else
			appendStringInfo(text, "TABLES IN SCHEMA %s",
							 zm_identifier(part->name));
		separator = ", ";
	}
}

static char *
except_clause(const ZmObject *publication)
{
	List *tables = zm_get_list(publication, "all tables except");
	StringInfoData text;
	ListCell *lc;

	if (tables == NIL)
		return "";
	initStringInfo(&text);
	foreach (lc, tables)
		append_option(&text, psprintf("TABLE ONLY %s", (char *) lfirst(lc)));
	return psprintf(" EXCEPT (%s)", text.data);
}

/* The tables that inherit from it are told themselves. */
static char *
table_clause(const ZmObject *table)
{
	const char *columns = zm_get(table, "columns");
	const char *where = zm_spelled(table, "where");

	return psprintf(
		"TABLE ONLY %s%s%s%s%s%s%s", zm_qualified(table->schema, table->name),
		columns ? " (" : "", columns ? columns : "", columns ? ")" : "",
		where ? " WHERE (" : "", where ? where : "", where ? ")" : "");
}

static void
alter_publication(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	StringInfoData options;

	initStringInfo(&options);
	if (zm_differs(old, new, "publish"))
		append_option(&options, publish_option(new));
	if (zm_differs(old, new, "via partition root"))
		append_option(&options, via_root_option(new));
	if (zm_differs(old, new, "generated columns"))
		append_option(&options, generated_option(new));
	zm_emit(emit, "alter", new, "ALTER PUBLICATION %s SET (%s)", new->identity,
			options.data);
}

static char *
publish_option(const ZmObject *publication)
{
	const char *publish = zm_get(publication, "publish");

	return psprintf(
		"publish = %s",
		zm_literal(publish ? publish : "insert, update, delete, truncate"));
}

static char *
via_root_option(const ZmObject *publication)
{
	return psprintf("publish_via_partition_root = %s",
					zm_flag(publication, "via partition root") ? "true"
															   : "false");
}

static char *
generated_option(const ZmObject *publication)
{
	const char *generated = zm_get(publication, "generated columns");

	return psprintf("publish_generated_columns = %s",
					generated ? generated : "none");
}

static void
append_option(StringInfo text, const char *option)
{
	appendStringInfo(text, "%s%s", text->len > 0 ? ", " : "", option);
}

static void
create_table(ZmEmit *emit, const ZmChange *change, List *parts)
{
	zm_emit(emit, "alter", change->new, "ALTER PUBLICATION %s ADD %s",
			change->new->parent->identity, table_clause(change->new));
}

static void
drop_table(ZmEmit *emit, const ZmChange *change)
{
	zm_emit(emit, "alter", change->old,
			"ALTER PUBLICATION %s DROP TABLE ONLY %s",
			change->old->parent->identity,
			zm_qualified(change->old->schema, change->old->name));
}

static void
create_schema(ZmEmit *emit, const ZmChange *change, List *parts)
{
	zm_emit(emit, "alter", change->new,
			"ALTER PUBLICATION %s ADD TABLES IN SCHEMA %s",
			change->new->parent->identity, zm_identifier(change->new->name));
}

static void
drop_schema(ZmEmit *emit, const ZmChange *change)
{
	zm_emit(emit, "alter", change->old,
			"ALTER PUBLICATION %s DROP TABLES IN SCHEMA %s",
			change->old->parent->identity, zm_identifier(change->old->name));
}

static void
create_subscription(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	ZmStatementOut *statement = zm_emit(
		emit, "create", new,
		"CREATE SUBSCRIPTION %s %s PUBLICATION %s WITH (connect = false, "
		"slot_name = %s%s%s, %s)",
		new->identity, connection_clause(new), publication_list(new),
		slot_text(new), zm_flag(new, "two phase") ? ", two_phase = true" : "",
		zm_flag(new, "failover") ? ", failover = true" : "",
		zm_storage_options(zm_get_list(new, "options")));

	if (zm_get(new, "connection"))
		zm_emit_note(statement, "shows a connection that may be secret");
	if (zm_get(new, "slot"))
		zm_emit_note(statement,
					 "replication slot %s must be there on the publisher, and "
					 "ALTER SUBSCRIPTION ... REFRESH PUBLICATION must follow",
					 zm_get(new, "slot"));
	if (zm_flag(new, "enabled"))
		set_enabled(emit, new, true);
}

static void
alter_subscription(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	bool enabled = zm_flag(old, "enabled");
	char *options = zm_options_set(zm_get_list(old, "options"),
								   zm_get_list(new, "options"));
	bool new_slot = zm_differs(old, new, "slot");

	/* Only one that is disabled can do without a slot. */
	if (enabled && (!zm_flag(new, "enabled") || new_slot))
	{
		set_enabled(emit, new, false);
		enabled = false;
	}
	if (zm_differs(old, new, "connection") || zm_differs(old, new, "server"))
		zm_emit_note(zm_emit(emit, "alter", new, "ALTER SUBSCRIPTION %s %s",
							 new->identity, connection_clause(new)),
					 "shows a connection that may be secret");
	if (zm_differs(old, new, "publications"))
		zm_emit_note(
			zm_emit(emit, "alter", new,
					"ALTER SUBSCRIPTION %s SET PUBLICATION %s WITH (refresh = "
					"false)",
					new->identity, publication_list(new)),
			"ALTER SUBSCRIPTION ... REFRESH PUBLICATION must follow");
	if (new_slot || options)
		zm_emit(emit, "alter", new, "ALTER SUBSCRIPTION %s SET (%s%s%s%s)",
				new->identity, new_slot ? "slot_name = " : "",
				new_slot ? slot_text(new) : "",
				new_slot && options ? ", " : "", options ? options : "");
	if (zm_flag(new, "enabled") && !enabled)
		set_enabled(emit, new, true);
}

static void
drop_subscription(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const char *slot = zm_get(old, "slot");
	ZmStatementOut *statement;

	if (zm_flag(old, "enabled"))
		set_enabled(emit, old, false);
	if (slot)
		zm_emit(emit, "alter", old,
				"ALTER SUBSCRIPTION %s SET (slot_name = NONE)", old->identity);
	statement =
		zm_emit(emit, "drop", old, "DROP SUBSCRIPTION %s", old->identity);
	if (slot && change->new == NULL)
		zm_emit_note(statement,
					 "replication slot %s stays on the publisher, and holds "
					 "its log until it is dropped there",
					 slot);
}

static char *
connection_clause(const ZmObject *subscription)
{
	const char *server = zm_get(subscription, "server");
	const char *connection = zm_get(subscription, "connection");

	if (server)
		return psprintf("SERVER %s", zm_identifier(server));
	if (connection == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("the connection of subscription %s is not known",
						subscription->identity),
				 errdetail("Only superusers may read it.")));
	return psprintf("CONNECTION %s", zm_literal(connection));
}

static char *
publication_list(const ZmObject *subscription)
{
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, zm_get_list(subscription, "publications"))
		append_option(&text, zm_identifier(lfirst(lc)));
	return text.data;
}

static char *
slot_text(const ZmObject *subscription)
{
	const char *slot = zm_get(subscription, "slot");

	return slot ? zm_literal(slot) : pstrdup("NONE");
}

static void
set_enabled(ZmEmit *emit, const ZmObject *subscription, bool enabled)
{
	zm_emit(emit, "alter", subscription, "ALTER SUBSCRIPTION %s %s",
			subscription->identity, enabled ? "ENABLE" : "DISABLE");
}
