/*
 * check.h
 *
 * Faults of scripts as data.
 */
#ifndef ZM_CHECK_H
#define ZM_CHECK_H

#include "script/script.h"

/*
 * Calls the function and returns NULL, or a copy of the error it raised if
 * that is one a script can be blamed for; any other goes on its way.  What
 * the function allocates is gone afterwards.
 */
extern ErrorData *zm_catch_fault(void (*function)(void *), void *arg);

#endif /* ZM_CHECK_H */
