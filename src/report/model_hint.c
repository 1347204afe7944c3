/*
 * model_hint.c
 *
 * The hints of a model, as they are written.
 */
#include "postgres.h"

#include "parser/scansup.h"

#include "compat.h"
#include "report/model_hint.h"

/* What the label of an enum is called, as in ALTER TYPE. */
#define LABEL "value"

pg_noreturn static void report(const char *text, const char *hint);
static ZmModelHint *parse_label(const char *text);
static const char *literal(const char **text);
static const char *skip_blanks(const char *text);
static const char *parse_kind(const char *text, List **kinds);
static const char *last_blank(const char *text);
static const char *unquoted(const char *text, char wanted);

/* OLD and the quotes of names can hold blanks. */
ZmModelHint *
zm_model_hint(const char *text)
{
	ZmModelHint *hint = parse_label(text);
	const char *rest;
	const char *blank;
	int length;

	if (hint)
		return hint;
	hint = palloc0(sizeof(ZmModelHint));
	rest = parse_kind(text, &hint->kinds);
	blank = rest ? last_blank(rest) : NULL;
	if (blank == NULL)
		report(text, "Write -- zishu:rename KIND OLD NEW, as in \"-- "
					 "zishu:rename column public.users.name full_name\".");
	length = blank - rest;
	while (length > 0 && scanner_isspace(rest[length - 1]))
		length--;
	hint->old_identity = pnstrdup(rest, length);
	blank++;
	rest = unquoted(blank, '.');
	hint->new_schema = rest ? pnstrdup(blank, rest - blank) : NULL;
	hint->new_name = pstrdup(rest ? rest + 1 : blank);
	return hint;
}

static void
report(const char *text, const char *hint)
{
	ereport(ERROR, (errcode(ERRCODE_SYNTAX_ERROR),
					errmsg("a hint in the model cannot be understood: "
						   "\"-- zishu:rename%s\"",
						   text),
					errhint("%s", hint)));
}

/* "value TYPE 'OLD' 'NEW'"; NULL: it is about something else. */
static ZmModelHint *
parse_label(const char *text)
{
	const char *rest = skip_blanks(text);
	const char *end;
	ZmModelHint *hint;

	if (strncmp(rest, LABEL, strlen(LABEL)) != 0 ||
		!scanner_isspace(rest[strlen(LABEL)]))
		return NULL;
	hint = palloc0(sizeof(ZmModelHint));
	rest = skip_blanks(rest + strlen(LABEL));
	end = unquoted(rest, '\'');
	if (end)
	{
		hint->old_identity = pnstrdup(rest, end - rest);
		for (Size i = end - rest; i > 0 && scanner_isspace(rest[i - 1]); i--)
			hint->old_identity[i - 1] = '\0';
		rest = end;
		hint->old_label = literal(&rest);
		hint->new_name = hint->old_label ? literal(&rest) : NULL;
	}
	if (hint->new_name == NULL || *rest != '\0')
		report(text, "Write -- zishu:rename value TYPE 'OLD' 'NEW', as in "
					 "\"-- zishu:rename value public.mood 'fine' 'well'\".");
	return hint;
}

/* The string that begins here, and what follows it; NULL: none does. */
static const char *
literal(const char **text)
{
	StringInfoData string;
	const char *c = *text;

	if (*c != '\'')
		return NULL;
	initStringInfo(&string);
	for (c++; *c != '\0'; c++)
	{
		if (*c == '\'' && *++c != '\'')
		{
			*text = skip_blanks(c);
			return string.data;
		}
		appendStringInfoChar(&string, *c);
	}
	return NULL;
}

static const char *
skip_blanks(const char *text)
{
	while (scanner_isspace(*text))
		text++;
	return text;
}

/* "type" and "constraint" stand for several kinds; returns what follows. */
static const char *
parse_kind(const char *text, List **kinds)
{
	Size length = 0;

	text = skip_blanks(text);
	*kinds = NIL;
	for (int i = 0; i < ZM_KIND_COUNT; i++)
	{
		const ZmKind *kind = zm_kind(i);
		const char *names[2] = {kind->name, NULL};

		if (kind->sql && strcmp(kind->sql, "TYPE") == 0)
			names[1] = "type";
		if (kind->sql && strcmp(kind->sql, "CONSTRAINT") == 0)
			names[1] = "constraint";
		for (int j = 0; j < 2 && names[j]; j++)
		{
			Size n = strlen(names[j]);

			if (strncmp(text, names[j], n) != 0 || !scanner_isspace(text[n]) ||
				n < length)
				continue;
			*kinds = n > length ? NIL : *kinds;
			length = n;
			*kinds =
				list_append_unique_ptr(*kinds, unconstify(ZmKind *, kind));
		}
	}
	if (length == 0)
		return NULL;
	return skip_blanks(text + length);
}

/* The last blank outside of quotes that something follows. */
static const char *
last_blank(const char *text)
{
	const char *last = NULL;
	bool quoted = false;

	for (const char *c = text; *c; c++)
	{
		if (*c == '"')
			quoted = !quoted;
		else if (!quoted && scanner_isspace(*c) && c > text && c[1] != '\0' &&
				 !scanner_isspace(c[1]))
			last = c;
	}
	return last;
}

/* The first such character outside of the quotes of names; NULL: none. */
static const char *
unquoted(const char *text, char wanted)
{
	bool quoted = false;

	for (const char *c = text; *c; c++)
	{
		if (*c == '"')
			quoted = !quoted;
		else if (!quoted && *c == wanted)
			return c;
	}
	return NULL;
}
