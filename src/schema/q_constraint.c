/*
 * q_constraint.c
 *
 * Catalog queries.
 */
#include "postgres.h"

#include "schema/queries.h"

const ZmQuery zm_queries_constraint[] = {{0, NULL}};
