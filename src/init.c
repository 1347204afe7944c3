/*
 * init.c
 *
 * The library's entry point.
 *
 * Rule: loading the library defines the settings and does nothing else: no
 * hooks, no shared memory, nothing that a session would have to clean up.
 */
#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "guc.h"

ZM_MODULE_MAGIC;

void _PG_init(void);

void
_PG_init(void)
{
	zm_guc_define();
}
