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

/*
 * Makes the version rows of a tenant these, whatever a run has left
 * unfinished; the caller holds the migration lock and writes the events.
 * prevails: a table of Alembic's that is kept in step must not agree with the
 * rows before (zm_store_assert_versions()).
 */
extern ZmStamped zm_stamp_rows(const char *tenant, int nbefore, char **before,
							   int nafter, char **after, bool prevails);

#endif /* ZM_STAMP_H */
