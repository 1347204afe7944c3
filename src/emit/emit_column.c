/*
 * emit_column.c
 *
 * Statements for columns and their defaults.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_column = {0};
const ZmEmitter zm_emitter_default = {0};
