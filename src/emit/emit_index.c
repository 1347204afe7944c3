/*
 * emit_index.c
 *
 * Statements for indexes and extended statistics.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_index = {0};
const ZmEmitter zm_emitter_statistics = {0};
