/*
 * offline.h
 *
 * Runs as scripts for psql.
 */
#ifndef ZM_OFFLINE_H
#define ZM_OFFLINE_H

/* How the script keeps the version rows. */
typedef enum ZmLedger
{
	ZM_LEDGER_ALEMBIC, /* plain SQL on a table alembic_version */
	ZM_LEDGER_ZISHU,   /* calls of this extension's functions */
	ZM_LEDGER_NONE
} ZmLedger;

/* The text, in the current context. */
extern char *zm_offline_run(bool up, const char *range, ZmLedger ledger);
extern char *zm_offline_stamp(int ntargets, char **targets, ZmLedger ledger);

#endif /* ZM_OFFLINE_H */
