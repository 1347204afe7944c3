/*
 * row_count.h
 *
 * How many rows a table has.
 */
#ifndef ZM_ROW_COUNT_H
#define ZM_ROW_COUNT_H

/* In words: "2 rows" where they are few enough to be counted and the caller
 * may read them, "about 12000 rows" by the server's estimate; NULL: not to be
 * had.  table is qualified and quoted. */
extern char *zm_row_count(const char *table);

#endif /* ZM_ROW_COUNT_H */
