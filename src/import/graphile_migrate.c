/*
 * graphile_migrate.c
 *
 * Histories of graphile-migrate.
 *
 *		committed/000001-create-users.sql:
 *
 *		--! Previous: -
 *		--! Hash: sha1:2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
 *		--! Message: create users
 *
 *		CREATE TABLE users ();
 *
 * Committed files are in the order of their names, and each names the hash of
 * the one before it, and its own, which is of that and the rest of the file.  ":NAME" stands for a value wherever it is written, for
 * the names that are told.  There is no way down.
 */
#include "postgres.h"

#include <ctype.h>

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "import/import.h"
#include "util/digest.h"

typedef struct Header
{
	char *previous;
	char *hash;
	char *message;
	bool invalid; /* may the hash be wrong? */
	Size body;	  /* where it starts */
	int line;
} Header;

static bool recognises(const ZmHistory *history);
static void import(ZmHistory *history);
static bool is_committed(const ZmSourceFile *file);
static Header read_header(const ZmSourceFile *file);
static char *value_of(const ZmLine *line, const char *key);
static void check_chain(ZmHistory *history, const ZmSourceFile *file,
						const Header *header, const char *last);
static bool has_hash(const ZmSourceFile *file, const Header *header);
static ZmDigestPart trimmed(const char *text, Size length);
static void add(ZmHistory *history, const ZmSourceFile *file,
				const Header *header);
static char *put_values(ZmHistory *history, const char *text, Size length);
static const ZmPlaceholder *placeholder_at(const ZmHistory *history,
										   const char *text, Size length);

const ZmImporter zm_importer_graphile_migrate = {"graphile-migrate",
												 recognises, import};

static bool
recognises(const ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (is_committed(file) && read_header(file).hash)
			return true;
	}
	return false;
}

static void
import(ZmHistory *history)
{
	const char *last = "-";
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		Header header;

		if (!is_committed(file))
		{
			if (zm_ends_with(file->name, ".sql") &&
				!zm_is_blank(file->content, file->length))
				zm_finding(history, ZM_FINDING_NOTE, file->name, 0,
						   "is not committed yet, and left out");
			continue;
		}
		header = read_header(file);
		check_chain(history, file, &header, last);
		if (header.hash)
			last = header.hash;
		add(history, file, &header);
	}
}

/* Six digits; more since the millionth. */
static bool
is_committed(const ZmSourceFile *file)
{
	const char *name = zm_base_name(file->name);

	return zm_ends_with(name, ".sql") && zm_leading_digits(name) >= 6;
}

/* Lines "--! Key: value" up to an empty one or any other. */
static Header
read_header(const ZmSourceFile *file)
{
	Header header = {0};
	ZmLine line = {0};

	header.line = 1;
	while (zm_next_line(file->content, file->length, &line) &&
		   zm_starts_with(line.text, line.length, "--! "))
	{
		char *value;

		if ((value = value_of(&line, "Previous")) != NULL)
			header.previous = value;
		else if ((value = value_of(&line, "Hash")) != NULL)
			header.hash = value;
		else if ((value = value_of(&line, "Message")) != NULL)
			header.message = value;
		else if (zm_starts_with(line.text, line.length,
								"--! AllowInvalidHash"))
			header.invalid = true;
		else
			break;
		header.body = line.next;
		header.line = line.number + 1;
	}
	return header;
}

static char *
value_of(const ZmLine *line, const char *key)
{
	const char *text = line->text + 4;
	Size length = line->length - 4;
	Size n = strlen(key);

	if (!zm_starts_with(text, length, key) || length == n || text[n] != ':')
		return NULL;
	length -= n + 1;
	text = zm_trim(text + n + 1, &length);
	return pnstrdup(text, length);
}

static void
check_chain(ZmHistory *history, const ZmSourceFile *file, const Header *header,
			const char *last)
{
	if (header->hash == NULL || header->previous == NULL)
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, 1,
				   "does not name its own hash and the one before it");
	else if (strcmp(header->previous, last) != 0)
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, 1,
				   "follows \"%s\", but the file before it is \"%s\"",
				   header->previous, last);
	if (header->hash && header->previous && !has_hash(file, header))
		zm_finding(history,
				   header->invalid ? ZM_FINDING_NOTE : ZM_FINDING_PROBLEM,
				   file->name, 1, "is not the file that its hash is of");
}

/* Of the hash before it and the body, without white space at both ends. */
static bool
has_hash(const ZmSourceFile *file, const Header *header)
{
	char *body = pg_server_to_any(file->content + header->body,
								  file->length - header->body, PG_UTF8);
	bool is_first = strcmp(header->previous, "-") == 0;
	ZmDigestPart parts[4] = {{header->previous, strlen(header->previous)},
							 {"\n", 1},
							 trimmed(body, strlen(body)),
							 {"\n", 1}};
	const ZmDigestPart *start = is_first ? &parts[2] : &parts[0];
	char *hash;

	/* Nothing but the hash before it: its line end is the last one. */
	if (!is_first && parts[2].length == 0)
		parts[2] = parts[1] = (ZmDigestPart){"", 0};
	hash = zm_digest_hex(PG_SHA1, start, is_first ? 2 : 4);
	return strcmp(header->hash, psprintf("sha1:%s", hash)) == 0;
}

static ZmDigestPart
trimmed(const char *text, Size length)
{
	while (length > 0 && isspace((unsigned char) *text))
	{
		text++;
		length--;
	}
	while (length > 0 && isspace((unsigned char) text[length - 1]))
		length--;
	return (ZmDigestPart){text, length};
}

static void
add(ZmHistory *history, const ZmSourceFile *file, const Header *header)
{
	const char *name = zm_base_name(file->name);
	Size digits = zm_leading_digits(name);
	Size rest = strlen(name) - digits - strlen(".sql");
	const char *title = name + digits;
	char *body = put_values(history, file->content + header->body,
							file->length - header->body);
	ZmRawScript script =
		zm_raw_script(file->name, header->line, body, strlen(body));

	if (rest > 0 && (*title == '-' || *title == '_'))
	{
		title++;
		rest--;
	}
	zm_add_revision(history, file->name, pnstrdup(name, digits),
					header->message ? header->message
									: zm_words_of_slug(title, rest),
					&script, NULL);
}

/* Of the names that are told; another ":word" is SQL's own business. */
static char *
put_values(ZmHistory *history, const char *text, Size length)
{
	StringInfoData result;
	Size done = 0;

	initStringInfo(&result);
	for (Size i = 0; i < length && history->placeholders != NIL; i++)
	{
		const ZmPlaceholder *found;

		if (text[i] != ':' || (i > 0 && text[i - 1] == ':'))
			continue;
		found = placeholder_at(history, text + i + 1, length - i - 1);
		if (found == NULL)
			continue;
		appendBinaryStringInfo(&result, text + done, i - done);
		appendStringInfoString(&result, found->value);
		i += strlen(found->name);
		done = i + 1;
	}
	appendBinaryStringInfo(&result, text + done, length - done);
	return result.data;
}

static const ZmPlaceholder *
placeholder_at(const ZmHistory *history, const char *text, Size length)
{
	Size word = 0;
	ListCell *lc;

	while (word < length &&
		   (text[word] == '_' || (text[word] >= 'A' && text[word] <= 'Z') ||
			(text[word] >= '0' && text[word] <= '9')))
		word++;
	foreach (lc, history->placeholders)
	{
		const ZmPlaceholder *placeholder = lfirst(lc);

		if (zm_is_text(text, word, placeholder->name))
			return placeholder;
	}
	return NULL;
}
