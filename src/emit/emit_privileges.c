/*
 * emit_privileges.c
 *
 * Statements for default privileges.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_default_privileges = {0};
