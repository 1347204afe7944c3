/*
 * emit.h
 *
 * From the steps of a difference to SQL statements.
 *
 * A file per family of kinds writes what its kinds have of their own; owner,
 * privileges, comment, security labels and extension dependencies are written
 * here for all.  Statements name everything in full, so they mean the same
 * under any search_path.
 *
 * Rule: pure.  Nothing is looked up in a catalog: what a statement needs
 * stands in the objects.
 */
#ifndef ZM_EMIT_H
#define ZM_EMIT_H

#include "nodes/bitmapset.h"

#include "diff/diff.h"

/* What a statement does beyond changing the schema. */
#define ZM_HAZARD_DATA_LOSS 0x01
#define ZM_HAZARD_REWRITE 0x02	 /* the table is written anew */
#define ZM_HAZARD_FULL_SCAN 0x04 /* every row is read */
#define ZM_HAZARD_INDEX_BUILD 0x08
#define ZM_HAZARD_MAY_FAIL 0x10 /* depends on the rows that are there */

typedef struct ZmStatementOut
{
	const char *change; /* create, alter, drop, rename, comment, grant, ... */
	const ZmObject *object;
	char *statement; /* without a semicolon */
	int hazards;
	const char *lock;		/* strongest lock: "ACCESS EXCLUSIVE"; or NULL */
	const ZmObject *locked; /* the table that is locked, scanned, rewritten */
	List *notes;			/* char *: what else to know, full phrases */
	const char *adds_label; /* to an enum; NULL: it does not */
	const char *retypes;	/* its action, if it gives a table's column another
							 * type; or NULL */
	List *columns;			/* ZmObject *: of several such actions, whose they
							 * are; the object is the table then */
	bool commit_after;		/* what follows needs it committed */
	bool top_level;			/* not inside a transaction block */
} ZmStatementOut;

typedef struct ZmEmit
{
	const ZmDiff *diff;
	List *statements;	/* ZmStatementOut * */
	bool checks_bodies; /* functions were written that need what comes later:
						 * check_function_bodies must be off */
	Bitmapset *granted; /* the new columns that have their privileges, by their
						 * positions */
	HTAB *constraint_names; /* emit_not_null_name.c: of both schemas, */
	HTAB *not_null_names;	/* and what columns have by now */
	HTAB *newcomers;		/* rename_hint.c */
} ZmEmit;

/* All statements of a difference, in the current memory context. */
extern List *zm_emit_diff(const ZmDiff *diff);

/* The hazards, lock and notes of a statement in words; rows says how many rows
 * the locked table has, NULL: not known.  NULL: none. */
extern char *zm_hazard_text(const ZmStatementOut *statement, const char *rows);

/*
 * For the emitters of kinds.
 */
typedef struct ZmEmitter
{
	/* parts: ZmObject * of the new schema, to be said in the same statement */
	void (*create)(ZmEmit *emit, const ZmChange *change, List *parts);
	void (*complete)(ZmEmit *emit, const ZmChange *change);
	/* Is it made as a mere name, so that owner and the like wait until it is
	 * complete? */
	bool (*is_shell)(const ZmObject *new);
	void (*alter)(ZmEmit *emit, const ZmChange *change);
	/* Without one: DROP <kind> <identity>. */
	void (*drop)(ZmEmit *emit, const ZmChange *change);
	/* Without one: ALTER <kind> <identity> RENAME TO zm_aside_name(). */
	void (*aside)(ZmEmit *emit, const ZmChange *change);
} ZmEmitter;

extern const ZmEmitter *zm_emitter(const ZmKind *kind);

/* Adds a statement and returns it, for hazards and the like. */
extern ZmStatementOut *zm_emit(ZmEmit *emit, const char *change,
							   const ZmObject *object, const char *format, ...)
	pg_attribute_printf(4, 5);
extern void zm_emit_lock(ZmStatementOut *statement, const char *lock,
						 const ZmObject *table);
extern void zm_emit_hazard(ZmStatementOut *statement, int hazards);
extern void zm_emit_note(ZmStatementOut *statement, const char *format, ...)
	pg_attribute_printf(2, 3);

/* quote.c: a string literal (E'' only where needed); an identifier; schema and
 * name; a list of options "k=v" as (k 'v', ...). */
extern char *zm_literal(const char *value);
extern char *zm_identifier(const char *name);
extern char *zm_qualified(const char *schema, const char *name);
/* The last name of a qualified one, still quoted. */
extern const char *zm_last_name(const char *qualified);
/* The elements of a list attribute's value. */
extern List *zm_list(const char *value);
extern bool zm_list_has(List *strings, const char *string);
/* "name=value" storage parameters as in WITH (...): name='value', name=1 */
extern char *zm_storage_options(List *options);
/* The storage parameters of a table or materialized view as such pairs, those
 * of its TOAST table by the names that they have for the table. */
extern List *zm_storage_parameters(const ZmObject *table);
/* Names to RESET and pairs to SET that turn the old into the new options; NULL
 * where there is none.  Pairs are "name=value". */
extern char *zm_options_reset(List *old, List *new);
extern char *zm_options_set(List *old, List *new);
/* "name=value" generic options: (ADD a 'x', SET b 'y', DROP c), for FDWs. */
extern char *zm_generic_options(List *options);
extern char *zm_generic_options_change(List *old, List *new);

/* aside.c: what an object is called while its successor has its name; the
 * same each time for one difference. */
extern char *zm_aside_name(const ZmDiff *diff, const ZmObject *old);
/* What is behind the name in the identity of a routine; of others, nothing. */
extern const char *zm_arguments(const ZmObject *object);
/* A name like the object's that nothing has in either schema. */
extern char *zm_spare_name(const ZmDiff *diff, const ZmObject *object,
						   const char *suffix);

/* rename_hint.c: do the two differ by nothing but their names? */
extern bool zm_is_same_but_name(const ZmObject *old, const ZmObject *new);

/* The table, view or type that a part belongs to, at any depth. */
extern const ZmObject *zm_owner_object(const ZmObject *object);

#endif /* ZM_EMIT_H */
