/*
 * revision_file_format.c
 *
 * Writing native revision files, and naming them.
 *
 * Rule: what is written is read back as it was.  Where that cannot be, as for
 * a script with a line that is a marker, nothing is written.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "parser/scansup.h"

#include "errors.h"
#include "script/marker.h"
#include "script/script.h"

#define SLUG_CHARACTERS 40

/* Characters that a file name had better not have. */
#define UNSAFE_IN_NAMES "/\\:*?\"<>|"

static void check_script(const ZmRevisionFile *file, const char *script);
static void append_header(StringInfo out, const ZmRevisionFile *file);
static void append_value(StringInfo out, const char *key, const char *value);
static void append_list(StringInfo out, const char *key, List *names,
						const char *revision);
static void append_script(StringInfo out, const char *script);
static void append_slug(StringInfo out, const char *message);
static bool is_word_character(const char *character);
static bool is_symbol(pg_wchar code);

char *
zm_revision_file_format(const ZmRevisionFile *file)
{
	StringInfoData out;
	int pieces = file->downgrade ? 3 : 2;

	check_script(file, file->upgrade);
	if (file->downgrade)
		check_script(file, file->downgrade);

	initStringInfo(&out);
	enlargeStringInfo(&out,
					  strlen(file->upgrade) +
						  (file->downgrade ? strlen(file->downgrade) : 0));
	/* A frame of another make is from before a script came or went. */
	if (list_length(file->frame) == pieces)
	{
		appendStringInfoString(&out, linitial(file->frame));
		appendStringInfoString(&out, file->upgrade);
		appendStringInfoString(&out, lsecond(file->frame));
		if (file->downgrade)
		{
			appendStringInfoString(&out, file->downgrade);
			appendStringInfoString(&out, lthird(file->frame));
		}
		return out.data;
	}

	append_header(&out, file);
	appendStringInfoString(&out, "\n" ZM_UPGRADE_MARKER "\n");
	append_script(&out, file->upgrade);
	if (file->downgrade)
	{
		appendStringInfoString(&out, "\n" ZM_DOWNGRADE_MARKER "\n");
		append_script(&out, file->downgrade);
	}
	return out.data;
}

char *
zm_revision_file_name(const char *revision, const char *message)
{
	StringInfoData out;

	initStringInfo(&out);
	for (const char *at = revision; *at; at++)
	{
		unsigned char c = *at;
		bool unsafe = c <= ' ' || c == 0x7F || strchr(UNSAFE_IN_NAMES, c) ||
					  (c == '.' && at == revision);

		appendStringInfoChar(&out, unsafe ? '_' : c);
	}
	append_slug(&out, message ? message : "");
	appendStringInfoString(&out, ".sql");
	return out.data;
}

static void
check_script(const ZmRevisionFile *file, const char *script)
{
	Size length = strlen(script);
	ZmRevisionLine line = {0};

	while (zm_revision_line(script, length, &line))
	{
		if (zm_marker_of(&line) != ZM_NO_MARKER)
			ereport(ERROR,
					(errcode(ERRCODE_ZM_INVALID_REVISION_FILE),
					 errmsg("revision \"%s\" cannot be written to a file",
							file->revision),
					 errdetail("Line %d of a script reads \"%s\", which in a "
							   "file is a marker.",
							   line.number, pnstrdup(line.text, line.length)),
					 errhint("Reword the line.")));
	}
}

static void
append_header(StringInfo out, const ZmRevisionFile *file)
{
	append_value(out, "revision", file->revision);
	append_list(out, "revises", file->revises, file->revision);
	append_list(out, "depends on", file->depends_on, file->revision);
	append_list(out, "branch labels", file->branch_labels, file->revision);
	append_value(out, "created", file->created);
	append_value(out, "message", file->message);
}

/* Header values are single lines. */
static void
append_value(StringInfo out, const char *key, const char *value)
{
	appendStringInfo(out, "-- %s:", key);
	if (value && *value)
	{
		appendStringInfoChar(out, ' ');
		for (; *value; value++)
			appendStringInfoChar(
				out, *value == '\n' || *value == '\r' ? ' ' : *value);
	}
	appendStringInfoChar(out, '\n');
}

static void
append_list(StringInfo out, const char *key, List *names, const char *revision)
{
	const char *separator = " ";
	ListCell *lc;

	appendStringInfo(out, "-- %s:", key);
	foreach (lc, names)
	{
		const char *name = lfirst(lc);

		if (strpbrk(name, ",\n\r") != NULL)
			ereport(ERROR,
					(errcode(ERRCODE_ZM_INVALID_REVISION_FILE),
					 errmsg("revision \"%s\" cannot be written to a file",
							revision),
					 errdetail("In a list of names, \"%s\" could not be told "
							   "from several.",
							   name)));
		appendStringInfo(out, "%s%s", separator, name);
		separator = ", ";
	}
	appendStringInfoChar(out, '\n');
}

static void
append_script(StringInfo out, const char *script)
{
	if (*script == '\0')
		return;
	appendStringInfoString(out, script);
	appendStringInfoChar(out, '\n');
}

/*
 * The words of the message, each with a '_' before it.  Only ASCII letters
 * change case, so that the name does not depend on the database's locale.
 */
static void
append_slug(StringInfo out, const char *message)
{
	const char *end = message + strlen(message);
	int start = out->len;
	int left = SLUG_CHARACTERS;
	bool word_begins = true;
	int length;

	for (; message < end && left > 0; message += length)
	{
		length = Min(pg_encoding_mblen(GetDatabaseEncoding(), message),
					 end - message);
		if (!is_word_character(message))
		{
			word_begins = true;
			continue;
		}
		if (word_begins)
		{
			/* The first '_' is not of the slug. */
			if (out->len > start && --left == 0)
				break;
			appendStringInfoChar(out, '_');
			word_begins = false;
		}
		if (length == 1)
			appendStringInfoChar(out,
								 pg_ascii_tolower((unsigned char) *message));
		else
			appendBinaryStringInfo(out, message, length);
		left--;
	}
}

static bool
is_word_character(const char *character)
{
	unsigned char first = *character;

	if (!IS_HIGHBIT_SET(first))
		return isalnum(first) || first == '_';
	if (GetDatabaseEncoding() != PG_UTF8)
		return true;
	return !is_symbol(utf8_to_unicode((const unsigned char *) character));
}

/* Punctuation, symbols and spaces beyond ASCII, by block. */
static bool
is_symbol(pg_wchar code)
{
	static const struct
	{
		pg_wchar first;
		pg_wchar last;
	} blocks[] = {
		{0x80, 0xA9}, /* controls and Latin-1 signs, around a and o */
		{0xAB, 0xB4}, /* raised as ordinals, and the micro sign */
		{0xB6, 0xB9},
		{0xBB, 0xBF},
		{0xD7, 0xD7},
		{0xF7, 0xF7},	  /* times, divided by */
		{0x2000, 0x206F}, /* general punctuation */
		{0x20A0, 0x20CF}, /* currencies */
		{0x2190, 0x2BFF}, /* arrows, mathematics, shapes */
		{0x2E00, 0x2E7F}, /* more punctuation */
		{0x3000, 0x3004}, /* of Chinese and Japanese, around letters */
		{0x3008, 0x3020},
		{0x3030, 0x3030},
		{0xE000, 0xF8FF}, /* private use */
		{0xFE10, 0xFE6F}, /* forms of punctuation */
		{0xFEFF, 0xFEFF},
		{0xFF00, 0xFF0F}, /* wide ASCII but for letters and digits */
		{0xFF1A, 0xFF20},
		{0xFF3B, 0xFF40},
		{0xFF5B, 0xFF65},
		{0xFFE0, 0xFFFF},
		{0x1F000, 0x1FAFF} /* pictures */
	};

	for (int i = 0; i < lengthof(blocks); i++)
	{
		if (code >= blocks[i].first && code <= blocks[i].last)
			return true;
	}
	return false;
}
