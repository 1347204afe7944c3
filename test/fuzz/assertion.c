/*
 * assertion.c
 *
 * What a failed assertion calls.  Its arguments differ between versions of the
 * server, so its declaration is not read here.
 */
#include <stdlib.h>

extern void ExceptionalCondition(void);

void
ExceptionalCondition(void)
{
	abort();
}
