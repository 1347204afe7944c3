/*
 * renames.c
 *
 * The "-- zishu:rename" lines of a script.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "script/gap.h"
#include "script/metacommand.h"
#include "script/scan.h"
#include "script/script.h"

List *
zm_script_renames(ZmScript *script)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(
		caller, "zishu_migrate tokens", ALLOCSET_DEFAULT_SIZES);
	List *renames = NIL;
	Size end = 0;
	ZmScanner scanner;
	ZmToken token;

	zm_scanner_open(&scanner, script);
	do
	{
		CHECK_FOR_INTERRUPTS();
		MemoryContextReset(context);
		MemoryContextSwitchTo(context);
		zm_scanner_begin(&scanner);
		zm_scanner_next(&scanner, &token);
		zm_scanner_end(&scanner);
		MemoryContextSwitchTo(caller);
		if (token.code == ZM_TOKEN_END)
			token.start = script->length;
		if (token.start > end)
			renames = list_concat(
				renames, zm_gap_renames(script->text, end, token.start));
		/* Not SQL, but pg_dump writes such lines, with any key in them. */
		end = token.code == '\\' ? zm_metacommand(&scanner, &token, false)
								 : token.end;
	} while (token.code != ZM_TOKEN_END);
	MemoryContextDelete(context);
	return renames;
}
