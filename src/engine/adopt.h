/*
 * adopt.h
 *
 * Taking over what another tool has applied.
 */
#ifndef ZM_ADOPT_H
#define ZM_ADOPT_H

#include "datatype/timestamp.h"
#include "nodes/pg_list.h"

/* A revision that the ledger, or the version rows before, had as applied. */
typedef struct ZmAdopted
{
	char *revision;
	const char *action; /* adopt, keep or remove */
	bool is_head;		/* is a version row afterwards */
	bool has_at;
	TimestampTz at;
	char *entry;	/* in the ledger; NULL: below one, or in none */
	char *checksum; /* "same", "differs", or NULL: not compared */
} ZmAdopted;

/*
 * Adds what the tool's table says is applied to the version rows of a tenant,
 * with an event for each entry that was not applied here, at its own time.
 * The table of zishu_migrate.alembic_version_table takes away, too, what it
 * does not have.
 * relation NULL: where the tool has its table.  Raises ZM030, naming all of
 * them, if entries are unknown or failed, or if revisions below them are not
 * applied.  Returns ZmAdopted * in load order.  dry_run changes and locks
 * nothing.
 */
extern List *zm_adopt(const char *tool, const char *relation, bool dry_run,
					  const char *tenant);

#endif /* ZM_ADOPT_H */
