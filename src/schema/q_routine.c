/*
 * q_routine.c
 *
 * Catalog queries.
 */
#include "postgres.h"

#include "schema/queries.h"

const ZmQuery zm_queries_routine[] = {{0, NULL}};
