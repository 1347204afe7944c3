/*
 * quote.c
 *
 * Names, literals and lists of options as SQL writes them.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "emit/emit.h"
#include "util/arrays.h"

static char *option_name(const char *option);
static const char *option_value(const char *option);
static const char *find_option(List *options, const char *name);
static char *storage_name(const char *option);
static const char *storage_value(const char *option);

char *
zm_literal(const char *value)
{
	return quote_literal_cstr(value);
}

char *
zm_identifier(const char *name)
{
	return pstrdup(quote_identifier(name));
}

char *
zm_qualified(const char *schema, const char *name)
{
	if (schema == NULL)
		return zm_identifier(name);
	return quote_qualified_identifier(schema, name);
}

const char *
zm_last_name(const char *qualified)
{
	const char *last = qualified;
	bool quoted = false;

	for (const char *c = qualified; *c; c++)
	{
		if (*c == '"')
			quoted = !quoted;
		else if (*c == '.' && !quoted)
			last = c + 1;
	}
	return last;
}

List *
zm_list(const char *value)
{
	return zm_text_list_in(value);
}

bool
zm_list_has(List *strings, const char *string)
{
	ListCell *lc;

	foreach (lc, strings)
	{
		if (strcmp(lfirst(lc), string) == 0)
			return true;
	}
	return false;
}

List *
zm_storage_parameters(const ZmObject *table)
{
	List *options = zm_get_list(table, "options");
	ListCell *lc;

	foreach (lc, zm_get_list(table, "toast options"))
		options = lappend(options, psprintf("toast.%s", (char *) lfirst(lc)));
	return options;
}

char *
zm_storage_options(List *options)
{
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, options)
		appendStringInfo(&text, "%s%s=%s", text.len > 0 ? ", " : "",
						 storage_name(lfirst(lc)), storage_value(lfirst(lc)));
	return text.data;
}

/* Some take a number only as such, but all take one. */
static const char *
storage_value(const char *option)
{
	const char *value = option_value(option);
	const char *digits = value[0] == '-' ? value + 1 : value;
	Size length = strspn(digits, "0123456789");

	if (length > 0 && digits[length] == '\0' &&
		(digits[0] != '0' || strcmp(value, "0") == 0))
		return value;
	return zm_literal(value);
}

char *
zm_options_reset(List *old, List *new)
{
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, old)
	{
		if (find_option(new, option_name(lfirst(lc))) == NULL)
			appendStringInfo(&text, "%s%s", text.len > 0 ? ", " : "",
							 storage_name(lfirst(lc)));
	}
	return text.len > 0 ? text.data : NULL;
}

char *
zm_options_set(List *old, List *new)
{
	List *set = NIL;
	ListCell *lc;

	foreach (lc, new)
	{
		const char *before = find_option(old, option_name(lfirst(lc)));

		if (before == NULL || strcmp(before, option_value(lfirst(lc))) != 0)
			set = lappend(set, lfirst(lc));
	}
	return set == NIL ? NULL : zm_storage_options(set);
}

char *
zm_generic_options(List *options)
{
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, options)
		appendStringInfo(&text, "%s%s %s", text.len > 0 ? ", " : "",
						 zm_identifier(option_name(lfirst(lc))),
						 zm_literal(option_value(lfirst(lc))));
	return text.data;
}

char *
zm_generic_options_change(List *old, List *new)
{
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, old)
	{
		char *name = option_name(lfirst(lc));

		if (find_option(new, name) == NULL)
			appendStringInfo(&text, "%sDROP %s", text.len > 0 ? ", " : "",
							 zm_identifier(name));
	}
	foreach (lc, new)
	{
		char *name = option_name(lfirst(lc));
		const char *value = option_value(lfirst(lc));
		const char *before = find_option(old, name);

		if (before && strcmp(before, value) == 0)
			continue;
		appendStringInfo(&text, "%s%s %s %s", text.len > 0 ? ", " : "",
						 before ? "SET" : "ADD", zm_identifier(name),
						 zm_literal(value));
	}
	return text.data;
}

static char *
option_name(const char *option)
{
	const char *equals = strchr(option, '=');

	return equals ? pnstrdup(option, equals - option) : pstrdup(option);
}

static const char *
option_value(const char *option)
{
	const char *equals = strchr(option, '=');

	return equals ? equals + 1 : "";
}

/* The value of an option in a list, NULL if it is not there. */
static const char *
find_option(List *options, const char *name)
{
	ListCell *lc;

	foreach (lc, options)
	{
		if (strcmp(option_name(lfirst(lc)), name) == 0)
			return option_value(lfirst(lc));
	}
	return NULL;
}

/* "toast.autovacuum_enabled": the parts are names of their own. */
static char *
storage_name(const char *option)
{
	char *name = option_name(option);
	char *dot = strchr(name, '.');

	if (dot == NULL)
		return zm_identifier(name);
	*dot = '\0';
	return psprintf("%s.%s", zm_identifier(name), zm_identifier(dot + 1));
}
