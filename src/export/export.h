/*
 * export.h
 *
 * A history as another migration tool has it.
 *
 * An exporter is one small file that knows one tool's layout: revisions in,
 * files out.  Rule: exporters are pure.  They read no table and write no file,
 * and raise nothing; what a tool cannot run was settled before.
 */
#ifndef ZM_EXPORT_H
#define ZM_EXPORT_H

#include "graph/graph.h"

/* What a tool runs at a time: a script, or a part of one. */
typedef struct ZmPiece
{
	char *text;		/* ends with a line feed; what it sets is reset in it */
	bool top_level; /* it must not run in a transaction block */
} ZmPiece;

/*
 * What has a version of its own: a revision, or a part of one.  The fields up
 * to applied are kept to the end.
 */
typedef struct ZmUnit
{
	char *version; /* 17 digits; in the order of the units */
	char *name;	   /* for files: letters, digits, '_', '-', '.' */
	const char *revision;
	bool irreversible;
	bool applied; /* where the database stands, it has been run */
	bool up_is_top_level;
	bool down_is_top_level;
	int32 checksum; /* for the exporter */

	const char *header; /* comment lines that say what it is */
	const ZmPiece *up;	/* NULL: nothing to do */
	const ZmPiece *down;
} ZmUnit;

typedef struct ZmExport
{
	void (*put)(const char *name, const char *content, void *arg);
	void *arg;
	List *units; /* of ZmUnit *, all so far; for finish() all there are */
} ZmExport;

typedef struct ZmExporter
{
	const char *name; /* as in zishu_export_history('dbmate') */

	/* The tool sends statement by statement, so a script that cannot be cut
	 * runs all the same, outside of a transaction. */
	bool may_stay_whole;

	/* The tool keeps one number, so what is applied must be the beginning of
	 * the line. */
	bool keeps_one_version;

	/* Would the tool obey a line that begins here?  NULL: it obeys none. */
	bool (*is_marker)(const char *line);

	/* Puts the files of one unit. */
	void (*write)(ZmExport *export, ZmUnit *unit);

	/* Puts what goes beside them.  any_applied: is one of the units? */
	void (*finish)(ZmExport *export, bool any_applied);
} ZmExporter;

/* exporters.c: the one with this name, or NULL; and all names, quoted, for a
 * message. */
extern const ZmExporter *zm_exporter_find(const char *name);
extern char *zm_exporter_names(void);

/* One for each file in this directory. */
extern const ZmExporter zm_exporter_dbmate;
extern const ZmExporter zm_exporter_flyway;
extern const ZmExporter zm_exporter_golang_migrate;
extern const ZmExporter zm_exporter_psql;

/*
 * unit.c: what exporters share.
 */

/* The name for the files of a revision or, if parts > 1, of a part of it. */
extern char *zm_unit_name(const ZmNode *node, int part, int parts);

/* Comment lines with what the tool does not know: the place in the graph. */
extern char *zm_unit_header(const ZmGraph *graph, ZmRev rev, int part,
							int parts);

/* A statement that fails, for the way down of what has none. */
extern char *zm_irreversible_statement(const char *revision);

/* The text of a piece, "" for none. */
extern const char *zm_piece_text(const ZmPiece *piece);

#endif /* ZM_EXPORT_H */
