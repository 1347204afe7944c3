/*
 * graph.h
 *
 * The revision graph: rows in, plan out.
 *
 * The meaning is Alembic's: how identifiers resolve, which steps a target
 * asks for and in which order, and which version rows stand afterwards.
 *
 * Rule: nothing here reads a catalog, runs SQL or knows of scripts.  A graph
 * is built once, checked by zm_graph_finish(), and not changed afterwards.
 * Everything is allocated in the memory context that was current when the
 * graph was created or, for results, when the function was called; nothing
 * needs to be freed piece by piece.  Work and memory grow linearly with the
 * number of revisions, and nothing recurses along the history.  Faults are
 * raised with ereport and a SQLSTATE of errors.h.
 */
#ifndef ZM_GRAPH_H
#define ZM_GRAPH_H

#include "nodes/pg_list.h"

/* A revision, as an index into ZmGraph.nodes: load order, from 0. */
typedef int ZmRev;

/* "base": below every revision. */
#define ZM_BASE ((ZmRev) -1)

/* An ordered list of revisions. */
typedef struct ZmRevs
{
	int count;
	ZmRev *revs;
} ZmRevs;

typedef struct ZmNode
{
	/* As declared */
	char *id;
	char *message; /* title for drawings, may be NULL */
	int ndown;
	char **down_ids; /* in declared order */
	int ndepends;
	char **depend_names; /* ids or labels, in declared order */
	int nlabels;
	char **labels;

	/* Derived by zm_graph_finish() */
	ZmRev *down;	 /* ndown parents, in declared order */
	ZmRev *depends;	 /* ndepends revisions, in declared order */
	ZmRevs next;	 /* children over down, in load order */
	ZmRevs all_next; /* children over down and depends, in load order */
} ZmNode;

typedef struct ZmGraph ZmGraph;

/*
 * Building: create, add the revisions in load order, finish.  The strings
 * and arrays given to zm_graph_add() are not copied and must live as long
 * as the graph.  zm_graph_finish() links and checks; it raises ZM006, ZM007,
 * ZM018 and ZM020.
 */
extern ZmGraph *zm_graph_create(void);
extern void zm_graph_add(ZmGraph *graph, const ZmNode *declared);
extern void zm_graph_finish(ZmGraph *graph);

/* The number of revisions, one of them, and the one with exactly this id
 * (ZM_BASE if there is none). */
extern int zm_graph_size(const ZmGraph *graph);
extern const ZmNode *zm_graph_node(const ZmGraph *graph, ZmRev rev);
extern ZmRev zm_graph_find(const ZmGraph *graph, const char *id);

/* Facts about one revision: "versioned" ones count parents only, "real" ones
 * dependencies too. */
extern bool zm_graph_is_head(const ZmGraph *graph, ZmRev rev);
extern bool zm_graph_is_real_head(const ZmGraph *graph, ZmRev rev);

/* The versioned or the real heads, and the bases, in load order. */
extern ZmRevs zm_graph_heads(const ZmGraph *graph, bool real);
extern ZmRevs zm_graph_bases(const ZmGraph *graph);

/*
 * The branch labels of every revision after propagation: an array of as many
 * lists of char * as there are revisions, each in label declaration order.
 * Revisions with the same labels share a list.
 */
extern List **zm_graph_labels(const ZmGraph *graph);

/*
 * Resolving.  zm_resolve() takes any plain identifier and may return none
 * ("base") or several ("heads").  zm_resolve_one() insists on one revision or
 * base.  zm_resolve_rows() resolves version rows; an unknown one is reported
 * as the database's fault, with the hint to stamp with purge.  Duplicates are
 * dropped, order kept.
 */
extern ZmRevs zm_resolve(const ZmGraph *graph, const char *ident);
extern ZmRev zm_resolve_one(const ZmGraph *graph, const char *ident);
extern ZmRevs zm_resolve_rows(const ZmGraph *graph, int nrows, char **rows);

/* rows and all their ancestors, dependencies included: one flag a revision. */
extern bool *zm_graph_applied(const ZmGraph *graph, const ZmRevs *rows);

/*
 * Version rows while steps are taken: the maximal elements of the applied
 * set.  zm_rows_step() takes one revision up or down, in time proportional to
 * its neighbours, and tells which rows went and came (either may be NULL; the
 * lists are good until the next step).
 */
typedef struct ZmRows ZmRows;
extern ZmRows *zm_rows_create(const ZmGraph *graph, const ZmRevs *rows);
extern void zm_rows_step(ZmRows *rows, ZmRev rev, bool up, ZmRevs *removed,
						 ZmRevs *added);
extern int zm_rows_count(const ZmRows *rows);
extern ZmRevs zm_rows_current(const ZmRows *rows); /* in load order; in
													 * time proportional to the rows */

/*
 * Planning.  Each returns the revisions to run, in running order; no steps
 * is a valid answer.  rows are the version rows as zm_resolve_rows() returned
 * them, in the order in which the database gave them.
 */
extern ZmRevs zm_plan_upgrade(const ZmGraph *graph, const ZmRevs *rows,
							  const char *target);
extern ZmRevs zm_plan_downgrade(const ZmGraph *graph, const ZmRevs *rows,
								const char *target);

/*
 * All revisions in one line: each behind what it follows and depends on, and
 * where several could come next, the one with the smallest key (an array by
 * revision), then the one with the smallest id in the order of bytes.
 */
extern ZmRevs zm_linear_order(const ZmGraph *graph, const int64 *keys);

/*
 * Stamping: the version rows that stand afterwards.  With purge the former
 * rows are not looked at (pass none).
 */
extern ZmRevs zm_plan_stamp(const ZmGraph *graph, const ZmRevs *rows,
							int ntargets, char **targets);

/*
 * Alembic's offline ranges, "[FROM:]TO" for upgrade and stamp, "FROM:TO" for
 * downgrade: splits the text, sets *start to the version rows FROM stands
 * for, and returns TO.  For several stamp targets FROM must be common.
 */
extern char *zm_parse_offline_range(const ZmGraph *graph, const char *range,
									bool from_required, ZmRevs *start);
extern char **zm_parse_offline_targets(const ZmGraph *graph, int ntargets,
									   char **targets, ZmRevs *start);

/*
 * For a script that a database with Alembic's own bookkeeping is to run:
 * raises ZM008 where Alembic could not follow the steps.
 */
extern void zm_check_offline_upgrade(const ZmGraph *graph, const ZmRevs *start,
									 const ZmRevs *steps);

/*
 * Listing.  History is newest first; range is NULL for all, else LOW:HIGH
 * where either end may be "current".  zm_current() is what Alembic's current
 * prints.  zm_branchpoints() come in history order.
 */
extern ZmRevs zm_history(const ZmGraph *graph, const ZmRevs *rows,
						 const char *range);
extern ZmRevs zm_show(const ZmGraph *graph, const ZmRevs *rows,
					  const char *ident);
extern ZmRevs zm_current(const ZmGraph *graph, const ZmRevs *rows);
extern ZmRevs zm_branchpoints(const ZmGraph *graph);

/*
 * What a new revision would be: checks everything that Alembic's revision
 * and merge check (and label and id uniqueness, before anything is written)
 * and fills in down_ids and depend_names as they are to be stored.  heads
 * default to "head" when nheads is 0.
 */
typedef struct ZmNewRevision
{
	const char *id;
	int nheads;
	char **heads;
	bool splice;
	int ndepends;
	char **depends;
	int nlabels;
	char **labels;
} ZmNewRevision;

extern ZmNode *zm_plan_revision(const ZmGraph *graph,
								const ZmNewRevision *wanted);

/*
 * Drawing: lists of char * lines.  rows are marked as current.
 */
extern List *zm_draw_text(const ZmGraph *graph, const ZmRevs *rows);
extern List *zm_draw_dot(const ZmGraph *graph, const ZmRevs *rows);
extern List *zm_draw_mermaid(const ZmGraph *graph, const ZmRevs *rows);
extern List *zm_draw_svg(const ZmGraph *graph, const ZmRevs *rows);

#endif /* ZM_GRAPH_H */
