/*
 * rename.h
 *
 * Renames that the model's hints ask for.
 *
 * A hint is a line "-- zishu:rename KIND OLD NEW" anywhere in the model: OLD is
 * the identity that the object had, qualified, NEW the name that it has, which
 * is qualified, too, if the object has moved to another schema.  A line
 * "-- zishu:rename value TYPE 'OLD' 'NEW'" is about the label of an enum.  A hint
 * holds in both directions, and means nothing once it has been followed.
 */
#ifndef ZM_RENAME_H
#define ZM_RENAME_H

#include "object/object.h"

/*
 * The renames (ZmStatementOut *) that the hints ask for on the way from source
 * to target, and *source as it is behind them: renamed in a scratch copy, so
 * that everything that names the object names it anew.
 */
extern List *zm_renames(ZmSchema **source, ZmSchema *target, List *hints);

/* The hints of the model, as char *; an ill-formed one is an error. */
extern List *zm_model_hints(void);

#endif /* ZM_RENAME_H */
