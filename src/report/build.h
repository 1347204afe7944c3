/*
 * build.h
 *
 * Schemas that exist nowhere yet: built in a scratch database, and kept by
 * the digest of what they were built from.
 */
#ifndef ZM_BUILD_H
#define ZM_BUILD_H

#include "object/object.h"

/*
 * As the model wants it; an error if there is none.  *live, if it is wanted,
 * becomes the schema as it is now: it is read while the server makes the
 * scratch database.
 */
extern ZmSchema *zm_build_model(ZmSchema **live);

/* The same as the migrations up to a revision ("head", "heads" too) make it. */
extern ZmSchema *zm_build_revision(const char *ident, ZmSchema **live);

#endif /* ZM_BUILD_H */
