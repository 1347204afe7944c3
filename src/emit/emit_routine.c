/*
 * emit_routine.c
 *
 * Statements for functions, procedures and aggregates.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_routine = {0};
const ZmEmitter zm_emitter_aggregate = {0};
