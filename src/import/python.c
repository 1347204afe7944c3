/*
 * python.c
 *
 * What the variables of a Python file say, as far as Alembic's files go.
 *
 *		down_revision: Union[str, Sequence[str], None] = ("a1", 'b2')
 *
 * Rule: only what is assigned at the beginning of a line, and literals; a
 * value that has to be computed has no strings.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "parser/scansup.h"

#include "import/import.h"

static bool find_value(const ZmSourceFile *file, const char *variable,
					   Size *at);
static char *read_string(const char *text, Size length, Size *at);

List *
zm_python_strings(const ZmSourceFile *file, const char *variable)
{
	const char *text = file->content;
	List *strings = NIL;
	int depth = 0;
	Size at;

	if (!find_value(file, variable, &at))
		return NIL;
	while (at < file->length)
	{
		char c = text[at];

		if (c == '\'' || c == '"')
			strings = lappend(strings, read_string(text, file->length, &at));
		else if (c == '#')
		{
			while (at < file->length && text[at] != '\n')
				at++;
			continue;
		}
		else if (c == '(' || c == '[' || c == '{')
			depth++;
		else if (c == ')' || c == ']' || c == '}')
			depth--;
		at++;
		if (depth <= 0 && (c == '\n' || strings != NIL))
			break;
	}
	return strings;
}

/* Behind the "=". */
static bool
find_value(const ZmSourceFile *file, const char *variable, Size *at)
{
	Size n = strlen(variable);
	ZmLine line = {0};

	while (zm_next_line(file->content, file->length, &line))
	{
		const char *equals;

		if (!zm_starts_with(line.text, line.length, variable) ||
			line.length == n ||
			(line.text[n] != ':' && line.text[n] != '=' &&
			 !scanner_isspace(line.text[n])))
			continue;
		equals = memchr(line.text + n, '=', line.length - n);
		if (equals == NULL)
			continue;
		*at = equals + 1 - file->content;
		return true;
	}
	return false;
}

/* On to its closing quote, or to the end of the line that it is not on. */
static char *
read_string(const char *text, Size length, Size *at)
{
	char quote = text[(*at)++];
	StringInfoData string;

	initStringInfo(&string);
	for (; *at < length && text[*at] != quote && text[*at] != '\n'; (*at)++)
	{
		if (text[*at] == '\\' && *at + 1 < length)
			(*at)++;
		appendStringInfoChar(&string, text[*at]);
	}
	return string.data;
}
