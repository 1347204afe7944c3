/*
 * q_view.c
 *
 * Catalog queries.
 */
#include "postgres.h"

#include "schema/queries.h"

const ZmQuery zm_queries_view[] = {{0, NULL}};
