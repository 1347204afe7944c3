/*
 * ledger.h
 *
 * The tables in which other migration tools keep what they have applied.
 */
#ifndef ZM_LEDGER_H
#define ZM_LEDGER_H

#include "datatype/timestamp.h"
#include "nodes/pg_list.h"
#include "nodes/primnodes.h"

#include "script/script.h"

/* What a tool's checksum is of; the script is the upgrade script. */
typedef enum ZmChecksum
{
	ZM_CHECKSUM_NONE,
	ZM_CHECKSUM_SHA256_HEX, /* of the file */
	ZM_CHECKSUM_SHA384_HEX, /* of the file */
	ZM_CHECKSUM_CRC32_LINES /* of the file's lines without their ends */
} ZmChecksum;

/*
 * A tool's table.  The query reads it as "l" and gives columns of these
 * types:
 *
 *	entry text		how the tool names what was applied, for messages
 *	ids text[]		what a revision of it may be called here, best first;
 *					not yet made legal
 *	at timestamptz	when it was applied; may be null
 *	fault text		null, or why the entry is not a good one
 *	below bool		does it stand for all that is below it, too?
 *	checksum text	may be null
 *	made timestamptz	when the file was made, if entries are known by that
 *
 * Entries that were taken back are left out.
 */
typedef struct ZmLedger
{
	const char *tool;
	const char *relation;		/* where it is unless told otherwise */
	const char *const *columns; /* without which it is none; NULL-ended */
	const char *foreign_column; /* that tells another tool's, or NULL */
	const char *beside;			/* another table that is read, or NULL */
	const char *query;			/* %1$s: the table, %2$s: the one beside */
	ZmChecksum checksum;

	/* Is an entry known by its checksum, or by when its file was made, too,
	 * and better than by name? */
	bool by_content;
	bool by_time;
} ZmLedger;

typedef struct ZmLedgerEntry
{
	char *entry;
	char **ids; /* legal ones */
	int nids;
	bool has_at;
	TimestampTz at;
	char *fault;
	bool below;
	char *checksum;
	bool has_made;
	TimestampTz made;
} ZmLedgerEntry;

/* ledgers.c: the description of a tool's table; raises 22023, naming all
 * tools, if there is none. */
extern const ZmLedger *zm_ledger_find(const char *tool);

/*
 * ledger_read.c: all entries (ZmLedgerEntry *), with the caller's rights.
 * relation is a possibly qualified name, NULL for the tool's own, which for
 * a tenant is in its schema.  Raises
 * 42P01 if there is no such table, 42809 if it does not look like the tool's.
 * *relid is the table that was found.
 */
extern List *zm_ledger_read(const ZmLedger *ledger, const char *relation,
							const char *tenant, Oid *relid);

/*
 * ledger_checksum.c: those that the file of a script may have had, written as
 * the tool's table has them (char *); NIL if the tool has none.
 */
extern List *zm_ledger_checksums(ZmChecksum kind, const ZmScript *script);

#endif /* ZM_LEDGER_H */
