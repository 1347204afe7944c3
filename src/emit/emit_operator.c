/*
 * emit_operator.c
 *
 * Statements for operators, their classes and families, and casts.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_operator = {0};
const ZmEmitter zm_emitter_operator_family = {0};
const ZmEmitter zm_emitter_operator_class = {0};
const ZmEmitter zm_emitter_cast = {0};
