/*
 * spi.h
 *
 * Checked SPI calls.
 *
 * Rule: SQL text here is a constant and values travel as parameters; a call
 * that does not end as expected raises an error.
 */
#ifndef ZM_SPI_H
#define ZM_SPI_H

#include "executor/spi.h"
#include "executor/tuptable.h"
#include "utils/snapshot.h"

/* The most parameters a statement here can have. */
#define ZM_MAX_PARAMS 16

/* The parameters of a statement, filled one after the other. */
typedef struct ZmParams
{
	int count;
	Oid types[ZM_MAX_PARAMS];
	Datum values[ZM_MAX_PARAMS];
	char nulls[ZM_MAX_PARAMS];
} ZmParams;

extern void zm_param_add(ZmParams *params, Oid type, Datum value);
extern void zm_param_add_null(ZmParams *params, Oid type);
/* NULL when value is NULL. */
extern void zm_param_add_text(ZmParams *params, const char *value);
/* A text[] of n strings; a NULL among them becomes a null element. */
extern void zm_param_add_texts(ZmParams *params, int n, char **values);

/*
 * Runs a statement that returns no rows of interest, between SPI_connect and
 * SPI_finish of the caller.  expected is the SPI_OK_* code.  Returns the
 * number of rows it touched.
 */
extern uint64 zm_spi_execute(const char *sql, int expected, ZmParams *params);

/*
 * The same for a statement that runs many times: prepared once, with the
 * types of params, and run with the values of params.
 */
extern SPIPlanPtr zm_spi_prepare(const char *sql, ZmParams *params);
extern uint64 zm_spi_execute_plan(SPIPlanPtr plan, int expected,
								  ZmParams *params);

/*
 * Runs a query and calls back for each row as it comes, so that no result is
 * ever held as a whole.  The values and what the callback allocates are gone
 * after each call; what shall stay is copied to another context.
 */
typedef void (*ZmRowCallback)(const Datum *values, const bool *isnull,
							  void *arg);
extern void zm_spi_each(const char *sql, ZmParams *params,
						ZmRowCallback callback, void *arg);

/*
 * The same for a query whose columns are told by name.  It sees what the
 * active snapshot sees.
 */
typedef void (*ZmSlotCallback)(TupleTableSlot *slot, void *arg);
extern void zm_spi_each_slot(const char *sql, ZmParams *params,
							 ZmSlotCallback callback, void *arg);

/*
 * Runs a query that gives one row of one text value and returns it in the
 * current context (NULL for no row or a null).  A snapshot other than NULL
 * replaces the transaction's own.
 */
extern char *zm_spi_text(const char *sql, ZmParams *params, Snapshot snapshot);

/*
 * Commits the transaction of a procedure that may do so.  The next one has
 * begun when this returns, has taken no snapshot and no lock, and will keep no
 * snapshot from one statement to the next, whatever the session's default.
 */
extern void zm_spi_commit(void);

#endif /* ZM_SPI_H */
