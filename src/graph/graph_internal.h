/*
 * graph_internal.h
 *
 * What the files of the graph module share with each other.
 *
 * Rule: included by src/graph only.  Alembic's own notions that callers must
 * not see (a walk that ends on the word "base", a walk that ends nowhere)
 * live here and go no further.
 */
#ifndef ZM_GRAPH_INTERNAL_H
#define ZM_GRAPH_INTERNAL_H

#include "compat.h"
#include "graph/graph.h"
#include "utils/memutils.h"

/*
 * Beside ZM_BASE: nothing at all.  Walking down from the first revision
 * gives ZM_BASE, walking further gives ZM_NOWHERE; asked for the start of a
 * walk, ZM_NOWHERE is where nothing has been applied.
 */
#define ZM_NOWHERE ((ZmRev) -2)

/* Arrays that may exceed palloc's 1 GB, never of size zero. */
#define ZM_ARRAY(type, n)                                  \
	((type *) MemoryContextAllocHuge(CurrentMemoryContext, \
									 sizeof(type) * (Size) Max((n), 1)))
#define ZM_ARRAY0(type, n)                                                  \
	((type *) MemoryContextAllocExtended(CurrentMemoryContext,              \
										 sizeof(type) * (Size) Max((n), 1), \
										 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO))

typedef struct ZmNames ZmNames;

struct ZmGraph
{
	MemoryContext context;
	ZmNode *nodes;
	int nnodes;
	int nallocated;
	int nlabels; /* labels declared in the whole graph */

	/* Derived by zm_graph_finish() */
	ZmNames *names;	   /* ids and labels to revisions */
	bool has_depends;  /* does any revision depend on another? */
	int *nparents;	   /* distinct parents */
	ZmRevs *all_down;  /* those, then further dependencies, each once */
	ZmRevs *norm_down; /* the same with normalised dependencies: D(r) */
	ZmRev *sorted;	   /* all revisions, ancestors first */
};

/* build.c: may a revision have this id? */
extern void zm_check_id(const char *id);

/* names.c: from ids and labels to revisions */
typedef enum ZmNameKind
{
	ZM_NAME_ID,
	ZM_NAME_LABEL
} ZmNameKind;

extern ZmNames *zm_names_create(const ZmGraph *graph);
extern ZmRev zm_name_find(const ZmGraph *graph, const char *name,
						  ZmNameKind *kind);

/* cycle.c: is it a graph without cycles? */
extern void zm_sort_graph(ZmGraph *graph);

/* depends.c: which dependencies count */
extern void zm_normalise_depends(ZmGraph *graph);

/* labels.c: does this revision carry the label, after propagation? */
extern bool zm_carries_label(List *labels, const char *label);

/* ident.c: the forms an identifier can take */
typedef struct ZmRelative
{
	char *label;  /* before the "@", or NULL */
	char *symbol; /* what the number counts from, or NULL */
	int steps;	  /* saturated */
} ZmRelative;

extern char *zm_split_label(const char *ident, char **label);
extern bool zm_parse_relative(const char *ident, ZmRelative *relative);
extern bool zm_parse_int(const char *text, int *value);
extern char *zm_strip(const char *text);

/* unicode.c: what Python's re and int() think of a character */
extern bool zm_is_word(uint32 codepoint);
extern bool zm_is_space(uint32 codepoint);
extern int zm_digit_value(uint32 codepoint);

/* walk.c: sets of revisions */
typedef enum ZmEdges
{
	ZM_TO_PARENTS,	 /* down */
	ZM_TO_NEEDED,	 /* down and dependencies */
	ZM_TO_CHILDREN,	 /* next */
	ZM_TO_DEPENDENTS /* next, over dependencies too */
} ZmEdges;

extern ZmRevs zm_neighbours(const ZmGraph *graph, ZmRev rev, ZmEdges edges);
extern void zm_mark(const ZmGraph *graph, bool *marks, const ZmRevs *from,
					ZmEdges edges);
extern bool *zm_reachable(const ZmGraph *graph, const ZmRevs *from,
						  ZmEdges edges);
extern bool *zm_related(const ZmGraph *graph, const ZmRevs *of,
						bool with_depends);
extern bool zm_find_overlap(const ZmGraph *graph, const ZmRevs *revs,
							ZmRev *lower, ZmRev *upper);
extern ZmRevs zm_marked(const ZmGraph *graph, const bool *marks);
extern ZmRevs zm_revs_make(void);
extern ZmRevs zm_revs_one(ZmRev rev);
extern ZmRevs zm_revs_copy(const ZmRevs *revs);
extern void zm_revs_add(ZmRevs *revs, ZmRev rev);
extern ZmRevs zm_revs_unique(const ZmGraph *graph, const ZmRevs *revs);

/*
 * Where a relative identifier counts from: the version rows, or one end of
 * a history range.
 */
typedef struct ZmOrigin
{
	const ZmRevs *rows; /* NULL: text */
	const char *text;
} ZmOrigin;

/* A name is found by its beginning if it has at least this many characters. */
#define ZM_PREFIX_CANDIDATE_LENGTH 4

/* resolve.c: from identifiers to revisions */
extern ZmRevs zm_resolve_loosely(const ZmGraph *graph, const char *ident);
extern ZmRevs zm_resolve_origin(const ZmGraph *graph, const ZmOrigin *origin);
extern ZmRev zm_resolve_single(const ZmGraph *graph, const char *ident);
extern ZmRev zm_resolve_name(const ZmGraph *graph, const char *name,
							 const char *label);
extern ZmRev zm_resolve_branch(const ZmGraph *graph, const char *label);
extern ZmRevs zm_filter_lineage(const ZmGraph *graph, const ZmRevs *revs,
								const char *label, bool with_depends);
extern bool *zm_lineage(const ZmGraph *graph, const char *label,
						bool with_depends);

/* relative.c: targets, which may count from somewhere */
typedef struct ZmWalk
{
	const char *ident; /* as typed, for messages */
	const char *label; /* going up: only in this branch; or NULL */
	bool clamp;		   /* stop at the end instead of going nowhere */
	int walked;		   /* result: steps taken */
} ZmWalk;

extern ZmRev zm_walk(const ZmGraph *graph, ZmRev start, int steps,
					 ZmWalk *walk);
extern ZmRevs zm_upgrade_targets(const ZmGraph *graph, const ZmOrigin *origin,
								 const char *target, bool clamp);
extern ZmRev zm_downgrade_target(const ZmGraph *graph, const ZmOrigin *origin,
								 const char *target, bool clamp, char **label);

/* order.c: newest to oldest */
extern ZmRevs zm_order(const ZmGraph *graph, const bool *listed,
					   const ZmRevs *heads, bool convex);

/* rows.c */
extern bool zm_rows_has(const ZmRows *rows, ZmRev rev);

/* listing.c: like zm_current(), for any revisions */
extern ZmRevs zm_current_of(const ZmGraph *graph, const ZmRevs *revs);

/* report.c: faults, told in full */
typedef enum ZmWhose
{
	ZM_ARGUMENT, /* what the caller typed */
	ZM_ROW,		 /* what the database holds */
	ZM_BRANCH	 /* the label of an identifier */
} ZmWhose;

/* The id of a revision. */
#define zm_id(graph, rev) ((graph)->nodes[rev].id)

extern char *zm_quote_revs(const ZmGraph *graph, const ZmRevs *revs);
extern char *zm_quote_origin(const ZmGraph *graph, const ZmOrigin *origin);
pg_noreturn extern void zm_report_not_found(const ZmGraph *graph,
											const char *name, ZmWhose whose);
pg_noreturn extern void zm_report_ambiguous(const ZmGraph *graph,
											const char *name, List *candidates,
											ZmWhose whose);
pg_noreturn extern void zm_report_multiple_heads(const ZmGraph *graph,
												 const char *ident,
												 const ZmRevs *heads);
pg_noreturn extern void zm_report_empty(const char *what);
pg_noreturn extern void zm_report_overlap(const ZmGraph *graph, ZmRev lower,
										  ZmRev upper, const char *message,
										  const char *hint);

/* draw_text.c: newest first, children before parents and few lines side by
 * side. */
extern ZmRevs zm_drawing_order(const ZmGraph *graph);

#endif /* ZM_GRAPH_INTERNAL_H */
