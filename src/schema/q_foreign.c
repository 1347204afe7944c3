/*
 * q_foreign.c
 *
 * Catalog queries.
 */
#include "postgres.h"

#include "schema/queries.h"

const ZmQuery zm_queries_foreign[] = {{0, NULL}};
