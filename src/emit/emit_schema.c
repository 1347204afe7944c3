/*
 * emit_schema.c
 *
 * Statements for schemas and extensions.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_schema = {0};
const ZmEmitter zm_emitter_extension = {0};
