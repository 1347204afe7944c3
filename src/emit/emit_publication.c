/*
 * emit_publication.c
 *
 * Statements for publications and subscriptions.
 */
#include "postgres.h"

#include "emit/emitters.h"

const ZmEmitter zm_emitter_publication = {0};
const ZmEmitter zm_emitter_subscription = {0};
