/*
 * build.h
 *
 * Schemas that exist nowhere yet: built in a scratch database, and kept by
 * the digest of what they were built from.
 */
#ifndef ZM_BUILD_H
#define ZM_BUILD_H

#include "object/object.h"

/* As the model wants it; an error if there is none. */
extern ZmSchema *zm_build_model(void);

/* As the migrations up to a revision ("head", "heads" too) make it. */
extern ZmSchema *zm_build_revision(const char *ident);

#endif /* ZM_BUILD_H */
