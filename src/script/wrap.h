/*
 * wrap.h
 *
 * Scripts that bring a transaction of their own.
 */
#ifndef ZM_WRAP_H
#define ZM_WRAP_H

#include "script/script.h"

/* As zm_strip_transaction(), for a script that is in a buffer already. */
extern bool zm_script_is_wrapped(ZmScript *script, Size *start, Size *end);

/* Takes them off a script, and leaves everything between in its place. */
extern void zm_script_unwrap(ZmScript *script);

#endif /* ZM_WRAP_H */
