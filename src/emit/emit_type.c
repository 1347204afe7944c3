/*
 * emit_type.c
 *
 * Statements for enum, composite, range, base and shell types.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_shell_type = {0};
const ZmEmitter zm_emitter_enum = {0};
const ZmEmitter zm_emitter_composite_type = {0};
const ZmEmitter zm_emitter_attribute = {0};
const ZmEmitter zm_emitter_range = {0};
const ZmEmitter zm_emitter_base_type = {0};
