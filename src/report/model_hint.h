/*
 * model_hint.h
 *
 * The hints of a model, as they are written.
 */
#ifndef ZM_MODEL_HINT_H
#define ZM_MODEL_HINT_H

#include "object/object.h"

typedef struct ZmModelHint
{
	List *kinds; /* const ZmKind * that it can mean */
	char *old_identity;
	const char *old_label; /* of an enum; NULL: it is not about one */
	const char
		*new_schema;	  /* NULL: the same; quoted where need be, like ... */
	const char *new_name; /* ..., but for the label of an enum */
} ZmModelHint;

/* What stands behind "-- zishu:rename", in the current memory context; an
 * ill-formed one is an error. */
extern ZmModelHint *zm_model_hint(const char *text);

#endif /* ZM_MODEL_HINT_H */
