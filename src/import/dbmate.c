/*
 * dbmate.c
 *
 * Histories of dbmate.
 *
 *		20240102030405_create_users.sql:
 *
 *		-- migrate:up
 *		CREATE TABLE users ();
 *
 *		-- migrate:down transaction:false
 *		DROP TABLE users;
 *
 * Files are in the order of their names, whatever the directory; the version
 * is the digits a name starts with.  A file may have several pairs of blocks:
 * they run one after the other, and backwards in reverse.  Of the options
 * only "transaction" means anything, which is found out here from the
 * statements.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "parser/scansup.h"

#include "import/import.h"

typedef enum Marker
{
	NO_MARKER,
	UP,
	DOWN
} Marker;

typedef struct Block
{
	Marker marker;
	Size start; /* behind the marker's line */
	Size end;
	int line;
} Block;

static bool recognises(const ZmHistory *history);
static void import(ZmHistory *history);
static int compare(const ListCell *a, const ListCell *b);
static void add(ZmHistory *history, const ZmSourceFile *file);
static List *find_blocks(ZmHistory *history, const ZmSourceFile *file);
static bool check_blocks(ZmHistory *history, const ZmSourceFile *file,
						 List *blocks);
static Marker marker_of(const ZmLine *line);
static bool is_comment(const ZmLine *line);
static bool scripts_of(const ZmSourceFile *file, List *blocks, Marker marker,
					   ZmRawScript *script);

const ZmImporter zm_importer_dbmate = {"dbmate", recognises, import};

static bool
recognises(const ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		ZmLine line = {0};

		if (!zm_is_numbered(file))
			continue;
		while (zm_next_line(file->content, file->length, &line) &&
			   (is_comment(&line) || marker_of(&line) != NO_MARKER))
		{
			if (marker_of(&line) == UP)
				return true;
		}
	}
	return false;
}

static void
import(ZmHistory *history)
{
	zm_add_in_order(history, zm_is_numbered, compare, add);
}

static int
compare(const ListCell *a, const ListCell *b)
{
	const ZmSourceFile *left = lfirst(a);
	const ZmSourceFile *right = lfirst(b);
	int order = strcmp(zm_base_name(left->name), zm_base_name(right->name));

	return order != 0 ? order : strcmp(left->name, right->name);
}

static void
add(ZmHistory *history, const ZmSourceFile *file)
{
	const char *name = zm_base_name(file->name);
	Size digits = zm_leading_digits(name);
	const char *title =
		name[digits] == '_' ? name + digits + 1 : name + digits;
	List *blocks = find_blocks(history, file);
	ZmRawScript upgrade;
	ZmRawScript downgrade;
	bool has_down;

	if (!check_blocks(history, file, blocks))
		return;
	(void) scripts_of(file, blocks, UP, &upgrade);
	has_down = scripts_of(file, blocks, DOWN, &downgrade);
	if (!has_down)
		zm_finding(history, ZM_FINDING_NOTE, file->name, 0,
				   "there is no \"-- migrate:down\", which dbmate refuses: "
				   "the revision cannot be reverted");
	zm_add_revision(history, file->name, pnstrdup(name, digits),
					zm_words_of_slug(title, strlen(title) - strlen(".sql")),
					&upgrade, has_down ? &downgrade : NULL);
}

static List *
find_blocks(ZmHistory *history, const ZmSourceFile *file)
{
	List *blocks = NIL;
	Block *block = NULL;
	bool told = false;
	ZmLine line = {0};

	while (zm_next_line(file->content, file->length, &line))
	{
		Marker marker = marker_of(&line);

		if (marker != NO_MARKER)
		{
			if (block)
				block->end = line.start;
			block = palloc(sizeof(Block));
			*block = (Block){marker, line.next, file->length, line.number + 1};
			blocks = lappend(blocks, block);
		}
		else if (block == NULL && !told && !is_comment(&line))
		{
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, line.number,
					   "a statement before \"-- migrate:up\"");
			told = true;
		}
	}
	return blocks;
}

/* Up, then at most one down, and so on. */
static bool
check_blocks(ZmHistory *history, const ZmSourceFile *file, List *blocks)
{
	Marker last = NO_MARKER;
	ListCell *lc;

	if (blocks == NIL)
	{
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
				   "there is no \"-- migrate:up\"");
		return false;
	}
	foreach (lc, blocks)
	{
		const Block *block = lfirst(lc);

		if (block->marker == DOWN && last != UP)
		{
			zm_finding(history, ZM_FINDING_PROBLEM, file->name,
					   block->line - 1,
					   "a \"-- migrate:down\" without its \"-- migrate:up\"");
			return false;
		}
		if (block->marker == UP && last == UP)
			zm_finding(history, ZM_FINDING_NOTE, file->name, block->line - 1,
					   "the \"-- migrate:up\" before has no \"-- "
					   "migrate:down\": going down leaves it out");
		last = block->marker;
	}
	return true;
}

/* "--", blanks, "migrate:up" or "migrate:down", and then a blank or nothing. */
static Marker
marker_of(const ZmLine *line)
{
	const char *text = line->text;
	Size length = line->length;
	Marker marker;

	if (!zm_starts_with(text, length, "--"))
		return NO_MARKER;
	text += 2;
	length -= 2;
	text = zm_trim(text, &length);
	if (zm_starts_with(text, length, "migrate:up"))
		marker = UP;
	else if (zm_starts_with(text, length, "migrate:down"))
		marker = DOWN;
	else
		return NO_MARKER;
	text += strlen(marker == UP ? "migrate:up" : "migrate:down");
	return text == line->text + line->length || scanner_isspace(*text)
			   ? marker
			   : NO_MARKER;
}

static bool
is_comment(const ZmLine *line)
{
	Size length = line->length;
	const char *text = zm_trim(line->text, &length);

	return length == 0 || (zm_starts_with(text, length, "--") &&
						   marker_of(line) == NO_MARKER);
}

/* One script of all blocks; false if there is none. */
static bool
scripts_of(const ZmSourceFile *file, List *blocks, Marker marker,
		   ZmRawScript *script)
{
	StringInfoData text;
	int found = 0;

	initStringInfo(&text);
	for (int i = 0; i < list_length(blocks); i++)
	{
		const Block *block =
			list_nth(blocks, marker == UP ? i : list_length(blocks) - 1 - i);

		if (block->marker != marker)
			continue;
		if (found++ == 0)
			*script = zm_raw_script(file->name, block->line,
									file->content + block->start,
									block->end - block->start);
		else
		{
			if (found == 2)
				appendBinaryStringInfo(&text, script->text, script->length);
			appendStringInfoString(&text, "\n");
			appendBinaryStringInfo(&text, file->content + block->start,
								   block->end - block->start);
		}
	}
	if (found > 1)
	{
		script->text = text.data;
		script->length = text.len;
	}
	return found > 0;
}
