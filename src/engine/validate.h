/*
 * validate.h
 *
 * Is what is stored what was applied?
 */
#ifndef ZM_VALIDATE_H
#define ZM_VALIDATE_H

/* problem: changed, layout or missing. */
typedef void (*ZmProblemCallback)(const char *revision, const char *problem,
								  const char *detail, void *arg);

/* Calls back for each applied revision that has a problem. */
extern void zm_validate(const char *tenant, ZmProblemCallback callback,
						void *arg);

#endif /* ZM_VALIDATE_H */
