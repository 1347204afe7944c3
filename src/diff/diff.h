/*
 * diff.h
 *
 * What turns one schema into another: which objects change, and in what order.
 *
 * Objects are matched by kind and identity.  An object that is on one side
 * only is made or dropped; one whose attributes differ is altered in place, or
 * made anew where no ALTER can do it.  What depends on an object that leaves,
 * or that is altered in a way its dependents don't bear, is dropped before and
 * made again behind.  The order follows from what the objects of both sides
 * need, never from names.
 *
 * Rule: pure.  Two schemas in, steps out; no database is asked.
 */
#ifndef ZM_DIFF_H
#define ZM_DIFF_H

#include "object/object.h"

typedef struct ZmDiffOptions
{
	bool owners;	  /* compare and set owners */
	bool privileges;  /* compare and set privileges */
	bool online;	  /* prefer what does not block readers and writers */
	const char *role; /* who will run it: owns what is made */
	/* Can that extension be updated?  NULL: as far as is known. */
	bool (*updates_extension)(const char *name, const char *from,
							  const char *to);
} ZmDiffOptions;

/* An object that does not stay as it is. */
typedef struct ZmChange
{
	ZmObject *old; /* NULL: made */
	ZmObject *new; /* NULL: dropped */
	bool replaced; /* has both: dropped and made anew */
	bool aside;	   /* replaced, but the old one stays, under another name,
					* until the columns that use it have moved */
	bool detour;   /* replaced, but the columns that use it become text before
					* it is dropped, and move on from there */
	bool retyped;  /* a column whose type or collation is made anew */
	bool texts;	   /* a column that holds texts while the tables are written
					 * anew whose rows it holds */
	bool early;	   /* a column that is there, empty, before it is made: texts
					 * of rows have a place for it */
	bool bare; /* a domain that gives its default up while rows that are in it
					 * change */
	bool hinders; /* an alteration of something else cannot be made while the
				   * old one is there, whatever makes it leave */
	bool cascade; /* the drop takes along what depends on it */
	bool apart;	  /* a part whose drop is a step of its own */
	bool placeholder; /* made without its definition first, then completed */
	int circle;		  /* of those that need each other, cut at a placeholder;
					   * 0: in none */
	bool structural;  /* more differs than owner, privileges and the like */
	List *overloads;  /* ZmObject *: routines that have the name of this one,
					   * which leaves, and are called by what is written anew:
					   * it gets another name first */
	int number;		  /* among the changes, while they are put in order */
} ZmChange;

typedef enum ZmPhase
{
	ZM_PHASE_DROP,
	ZM_PHASE_ASIDE, /* rename the old one; a column: see texts and early */
	ZM_PHASE_CREATE,
	ZM_PHASE_COMPLETE, /* what could not be said at creation */
	ZM_PHASE_ALTER
} ZmPhase;

#define ZM_PHASE_COUNT (ZM_PHASE_ALTER + 1)

/* One step; its objects are those of its change. */
typedef struct ZmStep
{
	ZmChange *change;
	ZmPhase phase;
	List *parts;   /* ZmObject *: what is said with it, the parts' parts too */
	List *carried; /* ZmObject *: what it makes besides, unasked */
} ZmStep;

typedef struct ZmDiff
{
	ZmSchema *old;
	ZmSchema *new;
	const ZmDiffOptions *options;
	List *changes;			/* ZmChange * */
	List *steps;			/* ZmStep *, in order */
	ZmChange **old_changes; /* by position, NULL: stays as it is */
	ZmChange **new_changes;
	ZmObject **old_twins; /* by position: its match on the other side */
	ZmObject **new_twins;
} ZmDiff;

/* In the current memory context.  Both schemas are indexed. */
extern ZmDiff *zm_diff(ZmSchema *old, ZmSchema *new,
					   const ZmDiffOptions *options);

/* The change of an object of the old or the new side; NULL: none. */
extern ZmChange *zm_old_change(const ZmDiff *diff, const ZmObject *old);
extern ZmChange *zm_new_change(const ZmDiff *diff, const ZmObject *new);
/* Is the old object dropped, the new one made?  No change (NULL) is neither. */
extern bool zm_change_leaves(const ZmChange *change);
extern bool zm_change_comes(const ZmChange *change);
/* Is the object there throughout, however it changes?  Not of no change. */
extern bool zm_change_stays(const ZmChange *change);
/* The match of an object on the other side; NULL: it is on one side only. */
extern ZmObject *zm_old_twin(const ZmDiff *diff, const ZmObject *old);
extern ZmObject *zm_new_twin(const ZmDiff *diff, const ZmObject *new);

/* Does this attribute count, and do the two differ in it? */
extern bool zm_attribute_differs(const ZmDiff *diff, const ZmObject *old,
								 const ZmObject *new, int attribute);
extern bool zm_objects_differ(const ZmDiff *diff, const ZmObject *old,
							  const ZmObject *new);
/* Can the one not be altered into the other, for what they are themselves? */
extern bool zm_must_replace(const ZmDiff *diff, const ZmObject *old,
							const ZmObject *new);

#endif /* ZM_DIFF_H */
