/*
 * standalone.c
 *
 * Scripts for programs that send them to a server one after the other.
 *
 * Rule: a script leaves nothing to the next one, as when the server runs it:
 * neither settings nor a role, nor temporary objects.
 */
#include "postgres.h"

#include "engine/standalone.h"

void
zm_append_end(StringInfo text, bool complete)
{
	if (text->len > 0 && text->data[text->len - 1] != '\n')
		appendStringInfoChar(text, '\n');
	if (!complete)
		appendStringInfoString(text, ";\n");
}

void
zm_append_reset(StringInfo text, bool settings, bool temporary)
{
	if (settings)
		appendStringInfoString(text, "\nRESET SESSION AUTHORIZATION;\n"
									 "RESET ROLE;\nRESET ALL;\n");
	if (temporary)
		appendStringInfoString(text, "\nDISCARD TEMP;\n");
}
