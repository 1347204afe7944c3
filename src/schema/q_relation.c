/*
 * q_relation.c
 *
 * Catalog queries.
 */
#include "postgres.h"

#include "schema/queries.h"

const ZmQuery zm_queries_relation[] = {{0, NULL}};
