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

#endif /* ZM_WRAP_H */
