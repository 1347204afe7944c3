/*
 * ledger_checksum.c
 *
 * The checksums that other tools keep of their files.
 *
 * Importing makes line ends LF and drops blank lines at both ends, which such
 * sums count.  Rule: only sums of a file's bytes or lines are compared, and
 * they are the same if some file that differs in no more than line ends and
 * the number of the last ones has them.  Files are in UTF-8.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "engine/ledger.h"
#include "util/crc.h"
#include "util/digest.h"

/* So many line ends a file may have behind its last line. */
#define MAX_LAST_ENDS 2

static List *hashes_of(pg_cryptohash_type type, const char *text, Size length,
					   const char *end);
static char *with_crlf(const char *text, Size *length);

List *
zm_ledger_checksums(ZmChecksum kind, const ZmScript *script)
{
	char *text = pg_server_to_any(script->text, script->length, PG_UTF8);
	Size length = text == script->text ? script->length : strlen(text);
	pg_cryptohash_type type =
		kind == ZM_CHECKSUM_SHA384_HEX ? PG_SHA384 : PG_SHA256;
	List *sums;

	if (kind == ZM_CHECKSUM_NONE)
		return NIL;
	if (kind == ZM_CHECKSUM_CRC32_LINES)
		return list_make1(psprintf("%d", zm_crc_of_lines(text, length)));
	sums = hashes_of(type, text, length, "\n");
	text = with_crlf(text, &length);
	return list_concat(sums, hashes_of(type, text, length, "\r\n"));
}

static List *
hashes_of(pg_cryptohash_type type, const char *text, Size length,
		  const char *end)
{
	ZmDigestPart parts[1 + MAX_LAST_ENDS] = {{text, length}};
	List *sums = NIL;

	for (int n = 1; n <= MAX_LAST_ENDS; n++)
		parts[n] = (ZmDigestPart){end, strlen(end)};
	for (int n = 0; n <= MAX_LAST_ENDS; n++)
		sums = lappend(sums, zm_digest_hex(type, parts, 1 + n));
	return sums;
}

static char *
with_crlf(const char *text, Size *length)
{
	char *copy = palloc_extended(2 * *length + 1, MCXT_ALLOC_HUGE);
	char *to = copy;

	for (Size i = 0; i < *length; i++)
	{
		if (text[i] == '\n')
			*to++ = '\r';
		*to++ = text[i];
	}
	*to = '\0';
	*length = to - copy;
	return copy;
}
