/*
 * sections.c
 *
 * Scripts from the lines between a tool's annotations.
 *
 * Rule: a line keeps its number, so that a fault is told where it is; what
 * stands between is empty lines.  Only what goes from the middle of a
 * statement leaves none, for it may be a function's body.
 */
#include "postgres.h"

#include "import/import.h"

static bool ends_statement(const char *text, Size length);

void
zm_section_begin(ZmSection *section, const char *file)
{
	if (section->present)
		return;
	section->present = true;
	section->script.file = file;
	initStringInfo(&section->text);
}

void
zm_section_line(ZmSection *section, int number, const char *text, Size length)
{
	if (section->script.line == 0)
		section->script.line = section->next_line = number;
	for (; section->next_line < number; section->next_line++)
		appendStringInfoChar(&section->text, '\n');
	appendBinaryStringInfo(&section->text, text, length);
	appendStringInfoChar(&section->text, '\n');
	section->next_line++;

	if (ends_statement(text, length))
		section->open = false;
	else if (!zm_is_blank(text, length) && !zm_starts_with(text, length, "--"))
		section->open = true;
}

void
zm_section_skip_line(ZmSection *section)
{
	ZmRawScript *script = &section->script;

	script->left_out =
		lappend_int(script->left_out, section->next_line - script->line + 1 -
										  list_length(script->left_out));
	section->next_line++;
}

void
zm_section_block_begin(ZmSection *section)
{
	section->block = true;
}

/* The block ends the statement, whether or not there is a semicolon. */
void
zm_section_block_end(ZmSection *section)
{
	if (section->open)
		appendStringInfoString(&section->text, ";\n");
	if (section->open)
		section->next_line++;
	section->open = false;
	section->block = false;
}

bool
zm_section_finish(ZmSection *section)
{
	if (section->script.line == 0)
		section->script.line = 1;
	section->script.text = section->text.data;
	section->script.length = section->text.len;
	return !section->open && !section->block;
}

/* Is ';' the last character before a comment? */
static bool
ends_statement(const char *text, Size length)
{
	for (Size i = 0; i + 1 < length; i++)
	{
		if (text[i] == '-' && text[i + 1] == '-')
		{
			length = i;
			break;
		}
	}
	while (length > 0 && isspace((unsigned char) text[length - 1]))
		length--;
	return length > 0 && text[length - 1] == ';';
}
