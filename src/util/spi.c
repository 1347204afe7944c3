/*
 * spi.c
 *
 * Checked SPI calls.
 *
 * SPI reports most of what can go wrong by a return code that is easily
 * overlooked, and hands out results as one table in memory.  Rule: everything
 * outside of this file that talks SQL to our own tables does it through these
 * functions, which check the code and stream the rows.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/tuptable.h"
#include "nodes/params.h"
#include "tcop/dest.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"

#include "util/arrays.h"
#include "util/spi.h"

/* A receiver that gives each row to a callback. */
typedef struct ZmReceiver
{
	DestReceiver pub;
	ZmRowCallback callback;
	ZmSlotCallback slot_callback; /* instead */
	void *arg;
	MemoryContext row_context;			 /* reset before each row */
	ErrorContextCallback *error_context; /* of zm_spi_each()'s caller */
} ZmReceiver;

static void stream(const char *sql, ZmParams *params, ZmReceiver *receiver,
				   bool read_only);
static bool receive_row(TupleTableSlot *slot, DestReceiver *self);
static void receiver_startup(DestReceiver *self, int operation,
							 TupleDesc typeinfo);
static void receiver_nothing(DestReceiver *self);
static ParamListInfo to_param_list(ZmParams *params);
static void check_code(int code, int expected);

void
zm_param_add(ZmParams *params, Oid type, Datum value)
{
	Assert(params->count < ZM_MAX_PARAMS);
	params->types[params->count] = type;
	params->values[params->count] = value;
	params->nulls[params->count] = ' ';
	params->count++;
}

void
zm_param_add_null(ZmParams *params, Oid type)
{
	zm_param_add(params, type, (Datum) 0);
	params->nulls[params->count - 1] = 'n';
}

void
zm_param_add_text(ZmParams *params, const char *value)
{
	if (value == NULL)
		zm_param_add_null(params, TEXTOID);
	else
		zm_param_add(params, TEXTOID, CStringGetTextDatum(value));
}

void
zm_param_add_texts(ZmParams *params, int n, char **values)
{
	zm_param_add(params, TEXTARRAYOID, zm_text_array(n, values));
}

uint64
zm_spi_execute(const char *sql, int expected, ZmParams *params)
{
	SPIExecuteOptions options = {0};

	options.params = to_param_list(params);
	check_code(SPI_execute_extended(sql, &options), expected);
	return SPI_processed;
}

SPIPlanPtr
zm_spi_prepare(const char *sql, ZmParams *params)
{
	SPIPlanPtr plan = SPI_prepare(sql, params->count, params->types);

	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s",
			 SPI_result_code_string(SPI_result));
	return plan;
}

uint64
zm_spi_execute_plan(SPIPlanPtr plan, int expected, ZmParams *params)
{
	check_code(SPI_execute_plan(plan, params->values, params->nulls, false, 0),
			   expected);
	return SPI_processed;
}

void
zm_spi_each(const char *sql, ZmParams *params, ZmRowCallback callback,
			void *arg)
{
	ZmReceiver receiver = {.callback = callback, .arg = arg};

	stream(sql, params, &receiver, false);
}

void
zm_spi_each_slot(const char *sql, ZmParams *params, ZmSlotCallback callback,
				 void *arg)
{
	ZmReceiver receiver = {.slot_callback = callback, .arg = arg};

	stream(sql, params, &receiver, true);
}

char *
zm_spi_text(const char *sql, ZmParams *params, Snapshot snapshot)
{
	ZmParams none = {0};
	ZmParams *p = params ? params : &none;
	MemoryContext caller = CurrentMemoryContext;
	SPIPlanPtr plan;
	int code;
	char *result = NULL;

	plan = zm_spi_prepare(sql, p);
	if (snapshot)
		code = SPI_execute_snapshot(plan, p->values, p->nulls, snapshot,
									InvalidSnapshot, true, false, 1);
	else
		code = SPI_execute_plan(plan, p->values, p->nulls, false, 1);
	check_code(code, SPI_OK_SELECT);

	if (SPI_processed == 1)
	{
		char *value =
			SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);

		if (value)
			result = MemoryContextStrdup(caller, value);
	}
	SPI_freetuptable(SPI_tuptable);
	SPI_freeplan(plan);
	return result;
}

void
zm_spi_commit(void)
{
	if (SPI_connect_ext(SPI_OPT_NONATOMIC) != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	SPI_commit();
	SPI_finish();
	SetConfigOption("transaction_isolation", "read committed", PGC_USERSET,
					PGC_S_SESSION);
}

/* read_only: under the active snapshot instead of a new one. */
static void
stream(const char *sql, ZmParams *params, ZmReceiver *receiver, bool read_only)
{
	SPIExecuteOptions options = {.read_only = read_only};

	receiver->pub.receiveSlot = receive_row;
	receiver->pub.rStartup = receiver_startup;
	receiver->pub.rShutdown = receiver_nothing;
	receiver->pub.rDestroy = receiver_nothing;
	/* SPI takes the results of DestNone for none at all. */
	receiver->pub.mydest = DestTuplestore;
	receiver->error_context = error_context_stack;
	receiver->row_context = AllocSetContextCreate(
		CurrentMemoryContext, "zishu_migrate row", ALLOCSET_DEFAULT_SIZES);
	options.params = to_param_list(params);
	options.dest = &receiver->pub;
	check_code(SPI_execute_extended(sql, &options), SPI_OK_SELECT);
	MemoryContextDelete(receiver->row_context);
}

static bool
receive_row(TupleTableSlot *slot, DestReceiver *self)
{
	ZmReceiver *receiver = (ZmReceiver *) self;
	ErrorContextCallback *error_context = error_context_stack;
	MemoryContext saved;

	slot_getallattrs(slot);
	MemoryContextReset(receiver->row_context);
	saved = MemoryContextSwitchTo(receiver->row_context);
	/* What the callback reports is not about our query. */
	error_context_stack = receiver->error_context;
	if (receiver->slot_callback)
		receiver->slot_callback(slot, receiver->arg);
	else
		receiver->callback(slot->tts_values, slot->tts_isnull, receiver->arg);
	error_context_stack = error_context;
	MemoryContextSwitchTo(saved);
	return true;
}

static void
receiver_startup(DestReceiver *self, int operation, TupleDesc typeinfo)
{
}

static void
receiver_nothing(DestReceiver *self)
{
}

/* SPI_execute_extended() takes the executor's form of parameters. */
static ParamListInfo
to_param_list(ZmParams *params)
{
	ParamListInfo list;

	if (params == NULL || params->count == 0)
		return NULL;
	list = makeParamList(params->count);
	for (int i = 0; i < params->count; i++)
	{
		list->params[i].value = params->values[i];
		list->params[i].isnull = params->nulls[i] == 'n';
		list->params[i].pflags = PARAM_FLAG_CONST;
		list->params[i].ptype = params->types[i];
	}
	return list;
}

static void
check_code(int code, int expected)
{
	if (code != expected)
		elog(ERROR, "SPI returned %s instead of %s",
			 SPI_result_code_string(code), SPI_result_code_string(expected));
}
