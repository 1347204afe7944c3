/*
 * emit_sequence.c
 *
 * Statements for sequences.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_sequence = {0};
