/*
 * emit_text_search.c
 *
 * Statements for text search objects.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_text_search_parser = {0};
const ZmEmitter zm_emitter_text_search_template = {0};
const ZmEmitter zm_emitter_text_search_dictionary = {0};
const ZmEmitter zm_emitter_text_search_configuration = {0};
