/*
 * run_script.h
 *
 * Running scripts at top level.
 */
#ifndef ZM_RUN_SCRIPT_H
#define ZM_RUN_SCRIPT_H

#include "script/script.h"

/*
 * Runs a script as a client would send it, in a worker and outside of a
 * transaction: statements share a transaction where they can, one that needs
 * the top level gets it.  A value that is added to an enum is committed before
 * what follows; nor does a transaction take more locks than a fair part of
 * the server's table.
 *
 * A BEGIN and COMMIT around the whole script are passed over.  Settings, the
 * role, temporary tables and the like last for the script.
 *
 * Errors and notices name the label and the line, and have their place in the
 * script.
 */
extern void zm_run_script(const char *label, ZmScript *script);

#endif /* ZM_RUN_SCRIPT_H */
