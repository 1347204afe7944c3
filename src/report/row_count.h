/*
 * row_count.h
 *
 * How many rows a table has.
 */
#ifndef ZM_ROW_COUNT_H
#define ZM_ROW_COUNT_H

/* By the server's own estimate, or by its size where there is none; -1: not
 * to be had.  table is qualified and quoted. */
extern double zm_row_count(const char *table);

#endif /* ZM_ROW_COUNT_H */
