/*
 * stamp.h
 *
 * Changing the version rows without running anything.
 */
#ifndef ZM_STAMP_H
#define ZM_STAMP_H

/* Version rows that went and came. */
typedef struct ZmStamped
{
	int nremoved;
	char **removed;
	int nadded;
	char **added;
} ZmStamped;

/*
 * Stamps a tenant with the targets; with purge the former rows are deleted
 * unseen, which also repairs rows that name unknown revisions.
 */
extern ZmStamped zm_stamp(const char *tenant, int ntargets, char **targets,
						  bool purge);

#endif /* ZM_STAMP_H */
