/*
 * emit_trigger.c
 *
 * Statements for rules, triggers and event triggers.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_rule = {0};
const ZmEmitter zm_emitter_trigger = {0};
const ZmEmitter zm_emitter_event_trigger = {0};
