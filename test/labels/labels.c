/*
 * labels.c
 *
 * A provider of security labels that takes any label, for tests: PostgreSQL's
 * own one for tests is not in the packages.
 */
#include "postgres.h"

#include "commands/seclabel.h"
#include "fmgr.h"

PG_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

static void
take_any(const ObjectAddress *object, const char *label)
{
}

void
_PG_init(void)
{
	register_label_provider("zishu test", take_any);
}
