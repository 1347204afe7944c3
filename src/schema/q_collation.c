/*
 * q_collation.c
 *
 * Catalog queries.
 */
#include "postgres.h"

#include "schema/queries.h"

const ZmQuery zm_queries_collation[] = {{0, NULL}};
