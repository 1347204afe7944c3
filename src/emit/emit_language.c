/*
 * emit_language.c
 *
 * Statements for languages, access methods and transforms.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_language = {0};
const ZmEmitter zm_emitter_access_method = {0};
const ZmEmitter zm_emitter_transform = {0};
