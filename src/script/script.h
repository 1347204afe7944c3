/*
 * script.h
 *
 * Scripts: SQL text cut into statements, classified and digested.
 *
 * Rule: the server's scanner and parser are the only readers of SQL here.  A
 * script is read in place and one statement at a time, so that working on it
 * costs no more memory than its largest statement.
 */
#ifndef ZM_SCRIPT_H
#define ZM_SCRIPT_H

#include "nodes/parsenodes.h"
#include "common/sha2.h"

/*
 * A script in memory.  text holds length bytes in the server's encoding, none
 * of them NUL, and two NUL bytes behind them: the scanner works in this
 * buffer, without a copy of its own.
 */
typedef struct ZmScript
{
	char *text;
	Size length;
} ZmScript;

/* From a C string (copied), or from a text datum (detoasted; at most one
 * copy of the script exists when this returns, and peak use while it works
 * stays near one copy).  In the current memory context. */
extern ZmScript *zm_script_from_cstring(const char *text, Size length);
extern ZmScript *zm_script_from_datum(Datum text);
extern void zm_script_free(ZmScript *script);

/* One statement of a script. */
typedef struct ZmStatement
{
	int number;		 /* from 1 */
	Size start;		 /* byte offset of its first token */
	Size end;		 /* byte offset behind its last one, without ';' */
	int line;		 /* line of its first token, from 1 */
	bool repeat;	 /* "-- zishu:repeat" stands above it */
	bool terminated; /* a ';' follows */
	char *text;		 /* [start, end), NUL-terminated */
} ZmStatement;

/*
 * Cutting.  zm_splitter_next() fills *statement and returns true, or returns
 * false at the end of the script.  Statement texts and what the scanner
 * allocates live until the next call; empty statements are passed over.
 * The splitter releases everything with the context it was made in.  Whenever
 * other code runs, error context callbacks included, script->text is whole.
 *
 * What the scanner cannot read is the server's error, its position counted in
 * the script, in characters; the caller adds which script it is.  Notices and
 * warnings are left to the time when the statement runs.
 *
 * pg_dump's "\restrict KEY" and "\unrestrict KEY" lines are passed over;
 * any other psql meta-command is refused (42601) with what to write instead.
 */
typedef struct ZmSplitter ZmSplitter;
extern ZmSplitter *zm_splitter_create(ZmScript *script);
extern bool zm_splitter_next(ZmSplitter *splitter, ZmStatement *statement);

/* What may be done with a statement, found from its parse tree. */
typedef enum ZmStatementClass
{
	ZM_TRANSACTIONAL,	   /* anywhere */
	ZM_TOP_LEVEL,		   /* only outside a transaction block */
	ZM_TRANSACTION_BEGIN,  /* BEGIN, START TRANSACTION */
	ZM_TRANSACTION_COMMIT, /* COMMIT, END */
	ZM_TRANSACTION_OTHER,  /* ROLLBACK, SAVEPOINT, PREPARE TRANSACTION, ... */
	ZM_COPY_CLIENT		   /* COPY FROM STDIN or TO STDOUT */
} ZmStatementClass;

/*
 * Parses a statement's text and says what it is.  *command is the words to
 * name it with in a message ("CREATE INDEX CONCURRENTLY"); *parsetree may be
 * NULL.  Syntax errors are the server's, with the position in the text.
 */
extern ZmStatementClass zm_classify(const char *text, const char **command,
									RawStmt **parsetree);

/* Does it say CONCURRENTLY?  Of an index, or of a partition that is detached. */
extern bool zm_is_concurrent(Node *statement);

/*
 * What a statement does to the session, for scripts that plain psql will run
 * one after the other: does it change settings (SET, set_config) or make
 * temporary objects?  And about how many entries in the server's lock table
 * it takes until the end of the transaction.
 */
extern bool zm_changes_settings(RawStmt *parsetree);
/* Does it do nothing else?  Then it may run again. */
extern bool zm_only_changes_settings(RawStmt *parsetree);
extern bool zm_makes_temporary(RawStmt *parsetree);
extern int zm_lock_estimate(RawStmt *parsetree);

/*
 * Digests.  The exact digest covers the bytes of both scripts (a missing
 * downgrade differs from an empty one).  The token digest covers the tokens
 * only, so that layout and comments don't count, except for "-- zishu:repeat";
 * of scripts that the scanner cannot read it covers the bytes.  downgrade may
 * be NULL.
 */
extern void zm_digest(const ZmScript *upgrade, const ZmScript *downgrade,
					  uint8 digest[PG_SHA256_DIGEST_LENGTH]);
extern void zm_token_digest(ZmScript *upgrade, ZmScript *downgrade,
							uint8 digest[PG_SHA256_DIGEST_LENGTH]);

/*
 * The token digest of a script's first statements: from that of those before
 * it (zeros before the first one) to that with this statement.
 */
extern void zm_statement_digest(const ZmStatement *statement,
								uint8 digest[PG_SHA256_DIGEST_LENGTH]);
/* That of the first n; false if there are fewer. */
extern bool zm_script_prefix_digest(ZmScript *script, int n,
									uint8 digest[PG_SHA256_DIGEST_LENGTH]);

/*
 * Can every statement be parsed?  Returns NULL, or a copy of the first error
 * with its position in the script; *line, if asked for, is then its line, or
 * 0 if the error has no position.  COPY FROM STDIN counts as a fault, for
 * what follows it is not SQL; so does a BEGIN, but one that with its COMMIT
 * wraps the whole script, if it may.  Runs in a subtransaction.
 */
extern ErrorData *zm_script_check(ZmScript *script, bool may_be_wrapped,
								  int *line);

/*
 * What follows the "-- zishu:rename" lines of a script, as char * in order,
 * wherever between its tokens they stand.
 */
extern List *zm_script_renames(ZmScript *script);

/*
 * Is the script wholly between one plain BEGIN and its COMMIT?  Then what
 * they enclose is at [*start, *end).  Raises nothing on scripts that cannot
 * be parsed.
 */
extern bool zm_strip_transaction(const char *script, Size length, Size *start,
								 Size *end);

/* A native revision file. */
typedef struct ZmRevisionFile
{
	const char *name; /* file name, without directory */
	char *revision;
	List *revises;		 /* of char * */
	List *depends_on;	 /* of char *: ids or labels */
	List *branch_labels; /* of char * */
	char *created;		 /* text of a timestamptz, unchecked, or NULL */
	char *message;		 /* "" if there is none */
	char *upgrade;		 /* never NULL */
	char *downgrade;	 /* NULL: cannot be reverted */

	/*
	 * The file's bytes before, between and behind the two scripts, so that
	 * an export gives the same bytes.  Three strings (two when there is no
	 * downgrade section), or NULL for a revision made in the database.
	 */
	List *frame;

	/* Was a BEGIN and COMMIT around the script taken into the frame? */
	bool upgrade_unwrapped;
	bool downgrade_unwrapped;
	int created_line; /* where "created" stands */
} ZmRevisionFile;

/*
 * Reads the bytes of a file; raises ZM015 with the file's name and the line.
 * Files are UTF-8 and the result is in the server's encoding; a text that the
 * client sent goes through pg_server_to_any(..., PG_UTF8) first.  A byte order
 * mark belongs to the frame, not to a script, and so does a transaction that
 * wraps a whole script (with a NOTICE).  The name is not copied.
 */
extern ZmRevisionFile *
zm_revision_file_parse(const char *name, const char *content, Size length);
/* Does a text look like one?  By its first lines, and its marker. */
extern bool zm_is_revision_file(const char *content, Size length);
/* Writes it: frame and scripts if it has a frame, else the canonical form. */
extern char *zm_revision_file_format(const ZmRevisionFile *file);
/* "<revision>_<slug>.sql" */
extern char *zm_revision_file_name(const char *revision, const char *message);

#endif /* ZM_SCRIPT_H */
