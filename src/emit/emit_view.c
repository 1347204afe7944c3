/*
 * emit_view.c
 *
 * Statements for views and materialized views.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_view = {0};
const ZmEmitter zm_emitter_materialized_view = {0};
