/*
 * store.h
 *
 * Everything that is kept in the extension's own tables.
 *
 * Rule: no other module names a table of ours or writes SQL against one.
 * Each function here runs fixed statements with parameters, as the
 * extension's owner and with a search_path of pg_catalog, and gives both back
 * before it returns: a caller needs no rights on the tables, and nothing of
 * the caller's runs with the owner's.  Each statement takes a new snapshot
 * (READ COMMITTED).  Results are allocated in the caller's memory context.
 */
#ifndef ZM_STORE_H
#define ZM_STORE_H

#include "common/sha2.h"
#include "datatype/timestamp.h"

#include "graph/graph.h"
#include "script/script.h"

/* What tells whether a revision's scripts are still the same. */
typedef struct ZmDigests
{
	uint8 exact[PG_SHA256_DIGEST_LENGTH];
	uint8 tokens[PG_SHA256_DIGEST_LENGTH];
} ZmDigests;

/*
 * graph.c: the revisions as a graph.
 */

/* All revisions as a checked graph; created_at may be NULL, else it is set to
 * their times by index. */
extern ZmGraph *zm_store_graph(TimestampTz **created_at);

/*
 * The graph as it would be if these revisions were stored: those that are
 * there already are replaced; all of them come behind the others.  is_new (one
 * flag each) tells which are not stored yet.
 */
extern ZmGraph *zm_store_graph_with(int n, const ZmNode *incoming,
									bool *is_new);

/*
 * revision.c: the revisions with their scripts.
 */

/* A revision as it is stored, its place in the graph aside. */
typedef struct ZmStoredRevision
{
	int index; /* among the ids that were asked for */
	char *id;
	char **down_ids;
	int ndown;
	char **depend_names;
	int ndepends;
	char **labels;
	int nlabels;
	char *message;
	ZmScript *upgrade;
	ZmScript *downgrade; /* NULL: cannot be reverted */
	bool has_digests;	 /* false: the row was not written by the functions */
	ZmDigests digests;
	bool has_created_at; /* on insert, false: now */
	TimestampTz created_at;
	char *source; /* file name or NULL */
	List *frame;  /* of char *, NIL: none */
} ZmStoredRevision;

typedef void (*ZmStoredRevisionCallback)(ZmStoredRevision *revision,
										 void *arg);

/*
 * Calls back for the revisions with these ids, in any order (n < 0: for all,
 * in load order).  What is handed over is freed after the callback.
 */
extern void zm_store_each_revision(int n, char **ids,
								   ZmStoredRevisionCallback callback,
								   void *arg);

/* The one with this id, in the current context; NULL if there is none. */
extern ZmStoredRevision *zm_store_revision(const char *id);

/* Fills in both digests of a revision from its scripts. */
extern void zm_revision_digests(ZmStoredRevision *revision);

/* One script, NULL if it is NULL or the revision is gone. */
extern ZmScript *zm_store_script(const char *id, bool upgrade);

extern void zm_store_insert_revisions(List *revisions);
extern void zm_store_update_revisions(List *revisions);
extern void zm_store_delete_revision(const char *id);

/*
 * version.c: the version rows.
 */

/* The rows of a tenant, or of all tenants together (tenant NULL). */
extern char **zm_store_versions(const char *tenant, int *n);
/* Those of them that name a stored revision; the others are passed over. */
extern ZmRevs zm_store_known_versions(const ZmGraph *graph,
									  const char *tenant);

/*
 * Deletes and adds rows of a tenant; the default tenant's are followed by the
 * table of zishu_migrate.alembic_version_table, with the caller's rights
 * (alembic_table.h).  The other is for whoever says how things stand: that
 * table is made equal whatever it held.
 */
extern void zm_store_change_versions(const char *tenant, int nremoved,
									 char **removed, int nadded, char **added);
extern void zm_store_assert_versions(const char *tenant, int nremoved,
									 char **removed, int nadded, char **added);

/*
 * Has another session changed revisions or version rows in a way that this
 * transaction's snapshot cannot see?  Only REPEATABLE READ and above can.
 */
extern bool zm_store_is_stale(void);

/*
 * event.c: the history of what was done.
 */
typedef struct ZmEvent
{
	const char *revision;
	TimestampTz at;
	int statements; /* -1: none to tell */
	int64 elapsed;	/* microseconds, -1: none to tell */
	bool has_heads;
	char **heads_after;
	int nheads;
	bool has_digests;
	ZmDigests digests;
} ZmEvent;

/* Events of one call: they share tenant, action and user. */
extern void zm_store_add_events(const char *tenant, const char *action, int n,
								const ZmEvent *events);

/*
 * The digests that stood when these revisions were last applied or stamped,
 * by index; has_digests is false where none is known.  tenant NULL: anywhere.
 */
extern void zm_store_applied_digests(const char *tenant, int n, char **ids,
									 ZmEvent *found);

typedef struct ZmLastEvent
{
	char *revision;
	char *action;
	char *outcome;
	TimestampTz at;
	char *user_role;
} ZmLastEvent;

/* The newest events of a tenant, at most so many, as ZmRecentEvent. */
typedef struct ZmRecentEvent
{
	char *revision;
	char *action;
	char *outcome;
	TimestampTz at;
	char *user_role;
	int64 elapsed; /* microseconds, -1: none to tell */
	char *error;   /* or NULL */
} ZmRecentEvent;
extern List *zm_store_recent_events(const char *tenant, int n);

/*
 * May the current user read the errors that events and progress tell of?  They
 * can quote scripts and rows.
 */
extern bool zm_store_may_read_errors(void);

/* The newest event of a tenant, or NULL. */
extern ZmLastEvent *zm_store_last_event(const char *tenant);

/*
 * Every revision that is applied by the version rows, also one that is not
 * stored (any more): found without a graph, which could not be built then.
 */
typedef struct ZmApplied
{
	char *id;
	char *needed_by;  /* who names it; NULL: a version row */
	bool has_applied; /* what an event says was applied; where none
								 * does (stamped), what was stored */
	ZmDigests applied;
	ZmStoredRevision *revision; /* NULL: missing; scripts and digests only */
} ZmApplied;
typedef void (*ZmAppliedCallback)(const ZmApplied *applied, void *arg);
extern void zm_store_each_applied(const char *tenant,
								  ZmAppliedCallback callback, void *arg);

/*
 * One that failed: nothing has changed but what was told before.  message may
 * be long.
 */
extern void zm_store_add_failure(const char *tenant, const char *action,
								 const char *revision, int statements,
								 int64 elapsed, const char *sqlstate,
								 const char *message);

/*
 * progress.c: revisions that an online run has begun and not finished.
 */
typedef struct ZmProgress
{
	const char *revision;
	const char *action; /* upgrade, downgrade */
	int statement;		/* what comes next; those before are done */
	int statements;		/* of the script */
	const char *state;	/* one of the following */
	char *object; /* the index that the statement makes or drops, or NULL */
	int64 rows;	  /* of a repeated statement; -1: it is none */
	uint8 digest[PG_SHA256_DIGEST_LENGTH]; /* zm_statement_digest() of what
											* is done */
	int pid;
	TimestampTz started_at;
	TimestampTz updated_at; /* on writing: now */
	char *sqlstate;			/* of a failure, else NULL */
	char *error;
	uint8 started_digest[PG_SHA256_DIGEST_LENGTH]; /* of the statement that
													* has started, alone */
} ZmProgress;

#define ZM_PROGRESS_READY "ready"	  /* the statement has had no effect */
#define ZM_PROGRESS_STARTED "started" /* it may have had one */

/* The row of a tenant, NULL if there is none. */
extern ZmProgress *zm_store_progress(const char *tenant);
/* Makes it this. */
extern void zm_store_set_progress(const char *tenant,
								  const ZmProgress *progress);
extern void zm_store_delete_progress(const char *tenant);
/* The tenants at which some revision is half applied, '' included. */
extern char **zm_store_unfinished(const char *revision, int *n);

/*
 * tenant.c: the tenants, which are those that are listed and those that have
 * version rows or are half way.
 */
typedef struct ZmTenant
{
	char *name;
	char **rows; /* version rows */
	int nrows;
	bool unfinished;  /* half way in a revision */
	bool has_event;	  /* only if asked for: of the newest event, its */
	TimestampTz last; /* time */
	char *error;	  /* and, if it failed, message */
} ZmTenant;

/* Those whose names are LIKE a pattern, as ZmTenant, by name. */
extern List *zm_store_tenants(const char *pattern, bool with_events);
/* Each tells whether anything changed. */
extern bool zm_store_add_tenant(const char *name);
extern bool zm_store_remove_tenant(const char *name, bool with_rows);

/*
 * process.c: what the server tells of a process, also to roles that see
 * nothing of other roles' sessions.
 */
typedef struct ZmProcess
{
	int pid;
	char *application_name; /* NULL: none */
	bool is_active;
	TimestampTz started_at;		/* 0 where there is none */
	TimestampTz transaction_at; /* the same */
	TimestampTz statement_at;	/* the same */
	struct ArrayType *blockers; /* int4[] */
	char *progress;				/* of an index build or the like, else NULL */
} ZmProcess;

/* NULL if there is none of that number (any more). */
extern ZmProcess *zm_store_process(int pid);

/* Those of a backend_type in this database (ZmProcess *), by number; without
 * progress. */
extern List *zm_store_processes(const char *type);

/*
 * model.c: the desired schema, in named pieces, and pictures of schemas.
 */
typedef struct ZmModelPiece
{
	char *name;
	char *ddl;
} ZmModelPiece;

/* All pieces (ZmModelPiece *), in the order of their names. */
extern List *zm_store_model(void);
/* ddl NULL removes the piece. */
extern void zm_store_set_model(const char *name, const char *ddl);

/* The picture that was kept under a digest, or NULL. */
extern char *zm_store_picture(const uint8 digest[PG_SHA256_DIGEST_LENGTH]);
extern void zm_store_keep_picture(const uint8 digest[PG_SHA256_DIGEST_LENGTH],
								  const char *schema);

#endif /* ZM_STORE_H */
