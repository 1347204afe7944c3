/*
 * emit_domain.c
 *
 * Statements for domains and their constraints.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_domain = {0};
const ZmEmitter zm_emitter_domain_constraint = {0};
