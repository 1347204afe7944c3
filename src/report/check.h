/*
 * check.h
 *
 * Is the live schema as the model wants it?
 */
#ifndef ZM_REPORT_CHECK_H
#define ZM_REPORT_CHECK_H

/* Raises ZM013, with the first differences, if it is not. */
extern void zm_check_model(void);

#endif /* ZM_REPORT_CHECK_H */
