/*
 * quiet.c
 *
 * Keeping the scanner's and the parser's messages to ourselves.
 *
 * A statement is scanned when its script is cut, parsed when it is
 * classified, and scanned and parsed once more by the server when it runs.
 * The last of these tells the user that an identifier was truncated or a
 * string escape is out of fashion, and once is enough.
 *
 * Rule: the setting is put back on every way out.  It is changed for the few
 * microseconds that a statement takes, several times per statement, so a GUC
 * level would cost more than the work it surrounds; in that time nothing runs
 * that could look at the setting but the server's own reporting of errors.
 */
#include "postgres.h"

#include "utils/guc.h"

#include "script/quiet.h"

static void restore_level(void *arg);

void
zm_quiet_begin(ZmQuiet *quiet)
{
	quiet->level = client_min_messages;
	quiet->callback.callback = restore_level;
	quiet->callback.arg = quiet;
	quiet->callback.previous = error_context_stack;
	error_context_stack = &quiet->callback;
	client_min_messages = Max(client_min_messages, ERROR);
}

void
zm_quiet_end(ZmQuiet *quiet)
{
	client_min_messages = quiet->level;
	error_context_stack = quiet->callback.previous;
}

/*
 * An error leaves through here.  So does a message that only goes to the log.
 * A truncated identifier is the common one, and the quiet outlasts it; any
 * other ends the quiet early, which does no harm.
 */
static void
restore_level(void *arg)
{
	if (geterrcode() != ERRCODE_NAME_TOO_LONG)
		client_min_messages = ((ZmQuiet *) arg)->level;
}
