/*
 * emit_foreign.c
 *
 * Statements for foreign data wrappers, servers and user mappings.
 */
#include "postgres.h"

#include "diff/rules.h"
#include "emit/emitters.h"

static void create_wrapper(ZmEmit *emit, const ZmChange *change, List *parts);
static void complete_wrapper(ZmEmit *emit, const ZmChange *change);
static void alter_wrapper(ZmEmit *emit, const ZmChange *change);
static void append_function(StringInfo text, const ZmChange *change,
							const char *attribute, const char *word);
static void create_server(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_server(ZmEmit *emit, const ZmChange *change);
static void create_user_mapping(ZmEmit *emit, const ZmChange *change,
								List *parts);
static void alter_user_mapping(ZmEmit *emit, const ZmChange *change);
static void note_options(ZmStatementOut *statement, const ZmObject *mapping);
static char *options_clause(const ZmObject *object);
static void append_option_change(StringInfo text, const ZmChange *change);

const ZmEmitter zm_emitter_foreign_data_wrapper = {.create = create_wrapper,
												   .complete =
													   complete_wrapper,
												   .alter = alter_wrapper};
const ZmEmitter zm_emitter_server = {.create = create_server,
									 .alter = alter_server};
const ZmEmitter zm_emitter_user_mapping = {.create = create_user_mapping,
										   .alter = alter_user_mapping};

static void
create_wrapper(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const char *handler = zm_get(new, "handler");
	const char *validator =
		zm_validates_last(change) ? NULL : zm_get(new, "validator");
	const char *connection = zm_get(new, "connection");

	zm_emit(emit, "create", new,
			"CREATE FOREIGN DATA WRAPPER %s%s%s%s%s%s%s%s", new->identity,
			handler ? " HANDLER " : "", handler ? handler : "",
			validator ? " VALIDATOR " : "", validator ? validator : "",
			connection ? " CONNECTION " : "", connection ? connection : "",
			options_clause(new));
}

/* What was without a validator while options were set. */
static void
complete_wrapper(ZmEmit *emit, const ZmChange *change)
{
	zm_emit(emit, "alter", change->new,
			"ALTER FOREIGN DATA WRAPPER %s VALIDATOR %s",
			change->new->identity, zm_get(change->new, "validator"));
}

static void
alter_wrapper(ZmEmit *emit, const ZmChange *change)
{
	StringInfoData text;

	initStringInfo(&text);
	append_function(&text, change, "handler", "HANDLER");
	if (!zm_validates_last(change))
		append_function(&text, change, "validator", "VALIDATOR");
	else if (zm_get(change->old, "validator"))
		appendStringInfoString(&text, " NO VALIDATOR");
	append_function(&text, change, "connection", "CONNECTION");
	append_option_change(&text, change);
	if (text.len == 0)
		return;
	zm_emit(emit, "alter", change->new, "ALTER FOREIGN DATA WRAPPER %s%s",
			change->new->identity, text.data);
}

static void
append_function(StringInfo text, const ZmChange *change, const char *attribute,
				const char *word)
{
	const char *function = zm_get(change->new, attribute);

	if (!zm_differs(change->old, change->new, attribute))
		return;
	if (function)
		appendStringInfo(text, " %s %s", word, function);
	else
		appendStringInfo(text, " NO %s", word);
}

static void
create_server(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const char *type = zm_get(new, "type");
	const char *version = zm_get(new, "version");

	zm_emit(emit, "create", new,
			"CREATE SERVER %s%s%s%s%s FOREIGN DATA WRAPPER %s%s",
			new->identity, type ? " TYPE " : "", type ? zm_literal(type) : "",
			version ? " VERSION " : "", version ? zm_literal(version) : "",
			zm_identifier(zm_get(new, "wrapper")), options_clause(new));
}

static void
alter_server(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *new = change->new;
	const char *version = zm_get(new, "version");
	StringInfoData text;

	initStringInfo(&text);
	if (zm_differs(change->old, new, "version"))
		appendStringInfo(&text, " VERSION %s",
						 version ? zm_literal(version) : "NULL");
	append_option_change(&text, change);
	zm_emit(emit, "alter", new, "ALTER SERVER %s%s", new->identity, text.data);
}

static void
create_user_mapping(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;

	note_options(zm_emit(emit, "create", new, "CREATE USER MAPPING %s%s",
						 new->identity, options_clause(new)),
				 new);
}

static void
alter_user_mapping(ZmEmit *emit, const ZmChange *change)
{
	StringInfoData text;

	initStringInfo(&text);
	append_option_change(&text, change);
	note_options(zm_emit(emit, "alter", change->new, "ALTER USER MAPPING %s%s",
						 change->new->identity, text.data),
				 change->new);
}

static void
note_options(ZmStatementOut *statement, const ZmObject *mapping)
{
	if (zm_get(mapping, "options"))
		zm_emit_note(statement, "shows options that may be secret");
}

static char *
options_clause(const ZmObject *object)
{
	List *options = zm_get_list(object, "options");

	if (options == NIL)
		return "";
	return psprintf(" OPTIONS (%s)", zm_generic_options(options));
}

static void
append_option_change(StringInfo text, const ZmChange *change)
{
	if (zm_differs(change->old, change->new, "options"))
		appendStringInfo(
			text, " OPTIONS (%s)",
			zm_generic_options_change(zm_get_list(change->old, "options"),
									  zm_get_list(change->new, "options")));
}
