/*
 * difference.h
 *
 * The statements between two states, with what they do to rows.
 */
#ifndef ZM_DIFFERENCE_H
#define ZM_DIFFERENCE_H

#include "emit/emit.h"

typedef struct ZmDifference
{
	List *statements; /* ZmStatementOut *, in order */
	List *hazards;	  /* char * of each, NULL: none */
} ZmDifference;

/* As the settings say; rows are counted if the source is live. */
extern ZmDifference *zm_difference(ZmSchema *source, ZmSchema *target,
								   bool live);

/* The same, with the renames that the model's hints ask for ahead. */
extern ZmDifference *zm_difference_with_renames(ZmSchema *source,
												ZmSchema *target, bool live);

#endif /* ZM_DIFFERENCE_H */
