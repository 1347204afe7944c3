/*
 * model.h
 *
 * Changing the model, the desired schema.
 */
#ifndef ZM_MODEL_H
#define ZM_MODEL_H

#include "store/store.h"

/* What became of a piece. */
typedef struct ZmModelChange
{
	const char *name;
	const char *action; /* added, updated, unchanged, removed */
} ZmModelChange;

/* Sets a piece, or removes it (ddl NULL); returns what became of it.  What
 * cannot be parsed is refused. */
extern const char *zm_model_set(const char *name, const char *ddl);

/* Makes these pieces (ZmModelPiece *) the whole model; a ZmModelChange * for
 * each, and for each that is gone. */
extern List *zm_model_replace(List *pieces);

#endif /* ZM_MODEL_H */
