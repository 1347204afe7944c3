/*
 * emit_collation.c
 *
 * Statements for collations and conversions.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_collation = {0};
const ZmEmitter zm_emitter_conversion = {0};
