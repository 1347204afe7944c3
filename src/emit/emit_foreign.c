/*
 * emit_foreign.c
 *
 * Statements for foreign data wrappers, servers and user mappings.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_foreign_data_wrapper = {0};
const ZmEmitter zm_emitter_server = {0};
const ZmEmitter zm_emitter_user_mapping = {0};
