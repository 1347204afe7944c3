/*
 * emit_text_search.c
 *
 * Statements for text search objects.
 *
 * A mapping is told as "token WITH dictionary, ...", names quoted; tokens with
 * the same dictionaries are mapped by one statement.
 */
#include "postgres.h"

#include "emit/emitters.h"

/* Tokens and the dictionaries that they all go through. */
typedef struct Mapping
{
	char *tokens;
	const char *dictionaries;
} Mapping;

static void create_parser(ZmEmit *emit, const ZmChange *change, List *parts);
static void create_template(ZmEmit *emit, const ZmChange *change, List *parts);
static void create_functions(ZmEmit *emit, const ZmObject *object,
							 const char *const words[][2], int count);
static void create_dictionary(ZmEmit *emit, const ZmChange *change,
							  List *parts);
static void alter_dictionary(ZmEmit *emit, const ZmChange *change);
static void create_configuration(ZmEmit *emit, const ZmChange *change,
								 List *parts);
static void alter_configuration(ZmEmit *emit, const ZmChange *change);
static void emit_mappings(ZmEmit *emit, const ZmObject *configuration,
						  const char *verb, List *mappings);
static List *group(List *mappings);
static char *token_of(const char *mapping);
static const char *dictionaries_of(const char *mapping);
static const char *find(List *mappings, const char *token);
static List *option_names(const char *options);
static const char *skip_name(const char *text);
static const char *skip_value(const char *text);

const ZmEmitter zm_emitter_text_search_parser = {.create = create_parser};
const ZmEmitter zm_emitter_text_search_template = {.create = create_template};
const ZmEmitter zm_emitter_text_search_dictionary = {
	.create = create_dictionary, .alter = alter_dictionary};
const ZmEmitter zm_emitter_text_search_configuration = {
	.create = create_configuration, .alter = alter_configuration};

static void
create_parser(ZmEmit *emit, const ZmChange *change, List *parts)
{
	static const char *const words[][2] = {{"start", "START"},
										   {"gettoken", "GETTOKEN"},
										   {"end", "END"},
										   {"headline", "HEADLINE"},
										   {"lextypes", "LEXTYPES"}};

	create_functions(emit, change->new, words, lengthof(words));
}

static void
create_template(ZmEmit *emit, const ZmChange *change, List *parts)
{
	static const char *const words[][2] = {{"init", "INIT"},
										   {"lexize", "LEXIZE"}};

	create_functions(emit, change->new, words, lengthof(words));
}

/* Of an object that is nothing but the functions that do its work. */
static void
create_functions(ZmEmit *emit, const ZmObject *object,
				 const char *const words[][2], int count)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < count; i++)
	{
		const char *function = zm_get(object, words[i][0]);

		if (function)
			appendStringInfo(&text, "%s%s = %s", text.len > 0 ? ", " : "",
							 words[i][1], function);
	}
	zm_emit(emit, "create", object, "CREATE %s %s (%s)", object->kind->sql,
			object->identity, text.data);
}

static void
create_dictionary(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const char *options = zm_get(new, "options");

	zm_emit(emit, "create", new,
			"CREATE TEXT SEARCH DICTIONARY %s (TEMPLATE = %s%s%s)",
			new->identity, zm_get(new, "template"), options ? ", " : "",
			options ? options : "");
}

/* The server keeps options in the order in which they were last set, so all
 * are set; a name without a value takes an option away. */
static void
alter_dictionary(ZmEmit *emit, const ZmChange *change)
{
	const char *options = zm_get(change->new, "options");
	List *names = option_names(options);
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, option_names(zm_get(change->old, "options")))
	{
		if (!zm_list_has(names, lfirst(lc)))
			appendStringInfo(&text, "%s%s", text.len > 0 ? ", " : "",
							 (char *) lfirst(lc));
	}
	if (options)
		appendStringInfo(&text, "%s%s", text.len > 0 ? ", " : "", options);
	zm_emit(emit, "alter", change->new, "ALTER TEXT SEARCH DICTIONARY %s (%s)",
			change->new->identity, text.data);
}

static void
create_configuration(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;

	zm_emit(emit, "create", new,
			"CREATE TEXT SEARCH CONFIGURATION %s (PARSER = %s)", new->identity,
			zm_get(new, "parser"));
	emit_mappings(emit, new, "ADD", zm_get_list(new, "mappings"));
}

static void
alter_configuration(ZmEmit *emit, const ZmChange *change)
{
	List *before = zm_get_list(change->old, "mappings");
	List *after = zm_get_list(change->new, "mappings");
	List *added = NIL;
	List *altered = NIL;
	StringInfoData dropped;
	ListCell *lc;

	initStringInfo(&dropped);
	foreach (lc, before)
	{
		char *token = token_of(lfirst(lc));

		if (find(after, token) == NULL)
			appendStringInfo(&dropped, "%s%s", dropped.len > 0 ? ", " : "",
							 token);
	}
	foreach (lc, after)
	{
		const char *former = find(before, token_of(lfirst(lc)));

		if (former == NULL)
			added = lappend(added, lfirst(lc));
		else if (strcmp(former, dictionaries_of(lfirst(lc))) != 0)
			altered = lappend(altered, lfirst(lc));
	}
	if (dropped.len > 0)
		zm_emit(emit, "alter", change->new,
				"ALTER TEXT SEARCH CONFIGURATION %s DROP MAPPING FOR %s",
				change->new->identity, dropped.data);
	emit_mappings(emit, change->new, "ALTER", altered);
	emit_mappings(emit, change->new, "ADD", added);
}

static void
emit_mappings(ZmEmit *emit, const ZmObject *configuration, const char *verb,
			  List *mappings)
{
	ListCell *lc;

	foreach (lc, group(mappings))
	{
		const Mapping *mapping = lfirst(lc);

		zm_emit(emit, "alter", configuration,
				"ALTER TEXT SEARCH CONFIGURATION %s %s MAPPING FOR %s WITH %s",
				configuration->identity, verb, mapping->tokens,
				mapping->dictionaries);
	}
}

static List *
group(List *mappings)
{
	List *groups = NIL;
	ListCell *lc;

	foreach (lc, mappings)
	{
		char *token = token_of(lfirst(lc));
		const char *dictionaries = dictionaries_of(lfirst(lc));
		Mapping *mapping = NULL;
		ListCell *other;

		foreach (other, groups)
		{
			mapping = lfirst(other);
			if (strcmp(mapping->dictionaries, dictionaries) == 0)
				break;
			mapping = NULL;
		}
		if (mapping)
		{
			mapping->tokens = psprintf("%s, %s", mapping->tokens, token);
			continue;
		}
		mapping = palloc(sizeof(Mapping));
		mapping->tokens = token;
		mapping->dictionaries = dictionaries;
		groups = lappend(groups, mapping);
	}
	return groups;
}

static char *
token_of(const char *mapping)
{
	return pnstrdup(mapping, skip_name(mapping) - mapping);
}

static const char *
dictionaries_of(const char *mapping)
{
	return skip_name(mapping) + strlen(" WITH ");
}

/* The dictionaries of a token, NULL if it has none. */
static const char *
find(List *mappings, const char *token)
{
	ListCell *lc;

	foreach (lc, mappings)
	{
		if (strcmp(token_of(lfirst(lc)), token) == 0)
			return dictionaries_of(lfirst(lc));
	}
	return NULL;
}

/* The names, quoted, in "a = 'x', b = 5", as the server keeps it. */
static List *
option_names(const char *options)
{
	List *names = NIL;

	while (options && *options)
	{
		const char *end = skip_name(options);

		names = lappend(names, pnstrdup(options, end - options));
		options = skip_value(end + strlen(" = "));
		if (*options)
			options += strlen(", ");
	}
	return names;
}

static const char *
skip_name(const char *text)
{
	if (*text != '"')
		return text + strcspn(text, " ");
	for (text++; *text && (*text != '"' || text[1] == '"'); text++)
	{
		if (*text == '"')
			text++;
	}
	return *text ? text + 1 : text;
}

/* 'it''s', E'\\', or a number. */
static const char *
skip_value(const char *text)
{
	bool escapes = *text == 'E';

	if (escapes)
		text++;
	if (*text != '\'')
		return text + strcspn(text, ",");
	for (text++; *text && (*text != '\'' || text[1] == '\''); text++)
	{
		if (*text == '\'' || (escapes && *text == '\\' && text[1]))
			text++;
	}
	return *text ? text + 1 : text;
}
