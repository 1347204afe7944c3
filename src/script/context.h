/*
 * context.h
 *
 * Where in which script something went wrong.
 */
#ifndef ZM_CONTEXT_H
#define ZM_CONTEXT_H

#include "script/script.h"

/*
 * While pushed, errors and notices get a context line with the script's label
 * and the statement, and a position in the statement's text becomes one in the
 * script, with the script as internal query.  The owner updates the fields
 * as it goes.
 */
typedef struct ZmScriptContext
{
	ErrorContextCallback callback;
	const char *label; /* what the script is: upgrade of revision "a" */
	const ZmScript *script;
	const ZmStatement *statement; /* NULL: the script as a whole */
	int statements;				  /* of the script, 0: not known yet */
} ZmScriptContext;

extern void zm_script_context_push(ZmScriptContext *context);
extern void zm_script_context_pop(ZmScriptContext *context);

/*
 * For an error that has been caught, in the same way: SPI has already made
 * the position one in the statement's text, as an internal query.
 */
extern void zm_script_context_place(const ZmScriptContext *context,
									ErrorData *error);

#endif /* ZM_CONTEXT_H */
