/*
 * emit_table.c
 *
 * Statements for tables: made, altered, inherited and attached.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_table = {0};
const ZmEmitter zm_emitter_foreign_table = {0};
const ZmEmitter zm_emitter_inheritance = {0};
const ZmEmitter zm_emitter_partition = {0};
