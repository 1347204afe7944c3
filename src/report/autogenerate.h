/*
 * autogenerate.h
 *
 * A migration from the live schema to the model, and back, as scripts.
 */
#ifndef ZM_AUTOGENERATE_H
#define ZM_AUTOGENERATE_H

#include "report/difference.h"

typedef struct ZmGenerated
{
	char *upgrade;
	char *downgrade;
} ZmGenerated;

/* NULL: live schema and model do not differ.  Raises ZM012 while migrations
 * are pending. */
extern ZmGenerated *zm_autogenerate(void);

/* script.c: statements as a script, what they do to rows as comments above.
 * online is the procedure that commits where they need it; NULL: none does. */
extern char *zm_difference_script(const ZmDifference *difference,
								  const char *online);

#endif /* ZM_AUTOGENERATE_H */
