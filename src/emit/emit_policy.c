/*
 * emit_policy.c
 *
 * Statements for row security policies.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_policy = {0};
