/*
 * page.h
 *
 * Where a database stands, as a page.
 */
#ifndef ZM_PAGE_H
#define ZM_PAGE_H

/*
 * One document of HTML that needs nothing else, in the current context.  It
 * tells of scripts what they need, but shows none.
 */
extern char *zm_report_page(const char *tenant);

#endif /* ZM_PAGE_H */
