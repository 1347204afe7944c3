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

extern void zm_guc_define(void);

#endif /* ZM_GUC_H */
