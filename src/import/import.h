/*
 * import.h
 *
 * Histories of other migration tools.
 *
 * An importer is one small file that knows one tool's layout: the files of a
 * history in, revisions and findings out.  Rule: importers are pure.  They
 * read no file and no table, and raise nothing for what a file says: that is
 * a finding, with file and line, so that all of them are told at once.
 */
#ifndef ZM_IMPORT_H
#define ZM_IMPORT_H

#include "lib/stringinfo.h"
#include "nodes/pg_list.h"

#include "script/script.h"

/* A file of the history, in the server's encoding, without a byte order
 * mark. */
typedef struct ZmSourceFile
{
	const char *name; /* below the history's directory, with '/' */
	const char *content;
	Size length;
} ZmSourceFile;

typedef enum ZmFindingLevel
{
	ZM_FINDING_NOTE,   /* something was left out or changed, harmlessly */
	ZM_FINDING_PROBLEM /* something cannot be carried over */
} ZmFindingLevel;

typedef struct ZmFinding
{
	ZmFindingLevel level;
	const char *file;
	int line; /* 0: the file as a whole */
	const char *message;
} ZmFinding;

/* A placeholder's value, given by the caller. */
typedef struct ZmPlaceholder
{
	const char *name;
	const char *value;
} ZmPlaceholder;

typedef struct ZmHistory
{
	List *files;		/* of ZmSourceFile *, by name in the order of bytes */
	List *placeholders; /* of ZmPlaceholder * */
	List *revisions;	/* out: of ZmRevisionFile *, parents first */
	List *findings;		/* out: of ZmFinding *, a bounded number */
	int notes;			/* out: how many there are in all */
	int problems;
	struct ZmIndex *ids;	 /* of history.c; NULL at first */
	const char *last_source; /* likewise: of the last revision */
} ZmHistory;

typedef struct ZmImporter
{
	const char *name; /* as in zishu_load(directory, 'goose') */

	/* Does the history look like this tool's?  By names and markers that no
	 * other tool has; NULL: never chosen by itself. */
	bool (*recognises)(const ZmHistory *history);
	void (*import)(ZmHistory *history);
} ZmImporter;

/* importers.c: all of them; the one with this name, or NULL. */
extern const ZmImporter *const zm_importers[];
extern const int zm_importer_count;
extern const ZmImporter *zm_importer_find(const char *name);

/* One for each file in this directory. */
extern const ZmImporter zm_importer_alembic;
extern const ZmImporter zm_importer_atlas;
extern const ZmImporter zm_importer_dbmate;
extern const ZmImporter zm_importer_diesel;
extern const ZmImporter zm_importer_drizzle;
extern const ZmImporter zm_importer_flyway;
extern const ZmImporter zm_importer_golang_migrate;
extern const ZmImporter zm_importer_goose;
extern const ZmImporter zm_importer_graphile_migrate;
extern const ZmImporter zm_importer_liquibase;
extern const ZmImporter zm_importer_node_pg_migrate;
extern const ZmImporter zm_importer_prisma;
extern const ZmImporter zm_importer_refinery;
extern const ZmImporter zm_importer_sql_migrate;
extern const ZmImporter zm_importer_sqitch;
extern const ZmImporter zm_importer_sqlx;
extern const ZmImporter zm_importer_supabase;

/*
 * lines.c: reading a file line by line.  A line is without its end (LF or
 * CRLF).  A zeroed struct stands before the first one.
 */
typedef struct ZmLine
{
	const char *text; /* not NUL-terminated */
	Size length;
	Size start; /* offset in the content */
	Size next;	/* offset of the line behind it */
	int number; /* from 1 */
} ZmLine;

extern bool zm_next_line(const char *content, Size length, ZmLine *line);

/* The text without blanks (spaces and tabs) at its ends: a part of it. */
extern const char *zm_trim(const char *text, Size *length);
/* Does the text of this length start with, or equal, the string? */
extern bool zm_starts_with(const char *text, Size length, const char *start);
extern bool zm_is_text(const char *text, Size length, const char *string);
/* Nothing but white space? */
extern bool zm_is_blank(const char *text, Size length);

/*
 * history.c: what importers share.
 */

/* The message is a sentence's part: "cannot ...", without a full stop. */
extern void zm_finding(ZmHistory *history, ZmFindingLevel level,
					   const char *file, int line, const char *format, ...)
	pg_attribute_printf(5, 6);

/* The value of a placeholder, NULL if there is none with this name. */
extern const char *zm_placeholder(const ZmHistory *history, const char *name);

/* The element of a list in order that compares equal to a key, or NULL. */
typedef int (*ZmKeyCompare)(const void *key, const void *element);
extern void *zm_find_in_order(List *list, const void *key,
							  ZmKeyCompare compare);

/*
 * What recognises a tool: has one of the scripts, files named ".sql", such a
 * line; or are there scripts, and all of them such ones?
 */
extern bool zm_has_line(const ZmHistory *history,
						bool (*is_mark)(const ZmSourceFile *file,
										const ZmLine *line));
extern bool zm_has_only(const ZmHistory *history,
						bool (*is_migration)(const ZmSourceFile *file));

/* For a tool with one script a revision: adds those that are, in order. */
extern void zm_add_in_order(ZmHistory *history,
							bool (*is_migration)(const ZmSourceFile *file),
							list_sort_comparator compare,
							void (*add)(ZmHistory *history,
										const ZmSourceFile *file));

/* The file with this name, or NULL. */
extern const ZmSourceFile *zm_source_find(const ZmHistory *history,
										  const char *name);

/*
 * Adds a revision behind the last one that was added, so that a linear
 * history becomes a chain; source is the file that the messages name.  The id
 * is made legal where it is not ('@', '-', '+', ':', ',' and white space
 * become '_').  A second one with the same id is a problem, and is not added,
 * though the result may be changed like any other.  Scripts are texts of the
 * tool's files; they are cleaned as below.  downgrade NULL: cannot be reverted.  The result may be
 * changed (labels, dependencies, created) before the next one is added.
 */
typedef struct ZmRawScript
{
	const char *file; /* for findings */
	int line;		  /* of its first line in that file, from 1 */
	const char *text;
	Size length;
	List *left_out; /* of int, in order: a line of the file is left out
					 * before this line of the script; as a rule NIL */
} ZmRawScript;

/* A part of a file, and a file as a whole. */
extern ZmRawScript zm_raw_script(const char *file, int line, const char *text,
								 Size length);
extern ZmRawScript zm_whole_script(const ZmSourceFile *file);

extern char *zm_legal_id(const char *id);
extern ZmRevisionFile *zm_add_revision(ZmHistory *history, const char *source,
									   const char *id, const char *message,
									   const ZmRawScript *upgrade,
									   const ZmRawScript *downgrade);

/*
 * clean.c
 *
 * What a script has to lose to run inside the server: an outer BEGIN and
 * COMMIT and psql's \set ON_ERROR_STOP, \restrict, \echo and the like go with
 * a note; other meta-commands, COPY FROM STDIN, several transactions and
 * psql variables are problems.  Line ends become LF; empty lines at both ends
 * go.  What the server cannot read is left as it is, for others to report.
 */
extern char *zm_clean_script(ZmHistory *history, const ZmRawScript *script);

/*
 * bare.c: is the history nothing but scripts "20240102030405_x.sql" in one
 * directory, in which no tool has left a mark?  Several tools have those.
 */
extern bool zm_is_bare(const ZmHistory *history);

/*
 * python.c: the strings that a variable of a Python file is assigned (char *);
 * NIL if there are none.
 */
extern List *zm_python_strings(const ZmSourceFile *file, const char *variable);

/*
 * atlas_sum.c: finds out whether the files are those that Atlas has the sums
 * of, if the file of sums is there.
 */
#define ZM_ATLAS_SUM "atlas.sum"
extern void zm_check_atlas_sum(ZmHistory *history);

/*
 * sections.c: scripts put together from the lines of a file between a tool's
 * annotations, each line at its own number.
 */
typedef struct ZmSection
{
	ZmRawScript script; /* good once the section is finished */
	bool present;
	StringInfoData text;
	int next_line;
	bool open;	/* a statement has begun, and its line with ';' not come */
	bool block; /* in a block that is one statement */
} ZmSection;

/* An annotation that starts or resumes a section. */
extern void zm_section_begin(ZmSection *section, const char *file);
extern void zm_section_line(ZmSection *section, int number, const char *text,
							Size length);
/* The line goes, and leaves no empty one. */
extern void zm_section_skip_line(ZmSection *section);
/* The annotations around a statement that has semicolons in it. */
extern void zm_section_block_begin(ZmSection *section);
extern void zm_section_block_end(ZmSection *section);
/* False if a statement was left open. */
extern bool zm_section_finish(ZmSection *section);

/*
 * index.c: values by name, one for each; a value is not NULL.  Putting one
 * returns the one that was there under that name, or NULL.
 */
typedef struct ZmIndex ZmIndex;
extern ZmIndex *zm_index_create(int expected);
extern void *zm_index_find(const ZmIndex *index, const char *name);
extern void *zm_index_put(ZmIndex *index, const char *name, void *value);

/* names.c: names of files. */
extern const char *zm_base_name(const char *path); /* behind the last '/' */
extern char *zm_directory_name(const char *path);  /* before it, or "" */
extern bool zm_ends_with(const char *name, const char *suffix);
/* How many decimal digits it starts with. */
extern Size zm_leading_digits(const char *name);
/* Does the file's own name start with one? */
extern bool zm_is_numbered(const ZmSourceFile *file);
/* "add_user-table" as "add user table" */
extern char *zm_words_of_slug(const char *slug, Size length);
/* Digits as numbers of any length: 9 before 10, 007 equal to 7. */
extern int zm_compare_digits(const char *a, Size alength, const char *b,
							 Size blength);

#endif /* ZM_IMPORT_H */
