/*
 * guc.h
 *
 * The settings zishu_migrate.*.
 */
#ifndef ZM_GUC_H
#define ZM_GUC_H

extern int zm_lock_timeout;		   /* milliseconds; 0 inherits lock_timeout */
extern char *zm_owner_role;		   /* "" runs scripts as the caller */
extern bool zm_echo;			   /* tell each step as a NOTICE */
extern bool zm_compare_owners;	   /* owners are a part of the schema */
extern bool zm_compare_privileges; /* privileges are */
extern bool zm_diff_online; /* differences as statements that don't block */

extern char *zm_alembic_version_table; /* follows version rows; "": none */

extern int zm_lock_retries; /* of an online run, for each statement */

/* Builds with assertions can be told to fail at the n-th point (util/fault.h);
 * 0: never. */
#ifdef USE_ASSERT_CHECKING
extern int zm_fault_at;
extern char *zm_fault;
#endif

extern void zm_guc_define(void);

#endif /* ZM_GUC_H */
