/*
 * script.c
 *
 * The buffers scripts are held in.
 *
 * A script can be as large as a text value, so it exists once: the value is
 * detoasted and the result becomes the scanner's buffer where it lies.
 *
 * Rule: two NUL bytes stand behind the text, which is how the scanner knows
 * the end of a buffer that it did not make itself.
 */
#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "script/script.h"

static ZmScript *make_script(char *text, Size length);

ZmScript *
zm_script_from_cstring(const char *text, Size length)
{
	char *copy = palloc(length + 2);

	memcpy(copy, text, length);
	return make_script(copy, length);
}

/*
 * The bytes move to the front of the copy, over its length word, and what
 * becomes free at the end is the room for the NULs.
 */
ZmScript *
zm_script_from_datum(Datum text)
{
	struct varlena *copy = PG_DETOAST_DATUM_COPY(text);
	Size length = VARSIZE(copy) - VARHDRSZ;

	StaticAssertStmt(VARHDRSZ >= 2, "no room for the end of the buffer");
	memmove(copy, VARDATA(copy), length);
	return make_script((char *) copy, length);
}

/* Takes over text, which has room for two more bytes. */
static ZmScript *
make_script(char *text, Size length)
{
	ZmScript *script = palloc(sizeof(ZmScript));

	Assert(memchr(text, '\0', length) == NULL);
	text[length] = '\0';
	text[length + 1] = '\0';
	script->text = text;
	script->length = length;
	return script;
}

/* For a large one whose context lives on. */
void
zm_script_free(ZmScript *script)
{
	pfree(script->text);
	pfree(script);
}
