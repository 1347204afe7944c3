/*
 * emit_constraint.c
 *
 * Statements for constraints of tables.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_constraint = {0};
const ZmEmitter zm_emitter_foreign_key = {0};
