/*
 * rows.h
 *
 * How many rows a table has.
 */
#ifndef ZM_REPORT_ROWS_H
#define ZM_REPORT_ROWS_H

/* By the server's own estimate, or by its size where there is none; -1: not
 * to be had.  table is qualified and quoted. */
extern double zm_row_count(const char *table);

#endif /* ZM_REPORT_ROWS_H */
