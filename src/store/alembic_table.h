/*
 * alembic_table.h
 *
 * The version table that an Alembic beside us reads.
 */
#ifndef ZM_ALEMBIC_TABLE_H
#define ZM_ALEMBIC_TABLE_H

/*
 * After the version rows of the default tenant have become what they are by
 * these changes: does the same to the table that the setting
 * zishu_migrate.alembic_version_table names, and nothing if it names none.
 * Runs as the caller, outside of any scope of the owner's.  A table that
 * held something else than the former rows is an error (ZM030), but with
 * prevails it is made equal whatever it held.
 */
extern void zm_alembic_table_follow(int nremoved, char **removed, int nadded,
									char **added, bool prevails);

/*
 * The same error beforehand, for those who will change the version rows after
 * long work: does the table hold these rows, if there is one?
 */
extern void zm_alembic_table_check(int nrows, char **rows);

/* The table that the setting names; InvalidOid: there is none. */
extern Oid zm_alembic_table_relid(void);

#endif /* ZM_ALEMBIC_TABLE_H */
