/*
 * database.h
 *
 * The statement that makes a database like the current one.
 */
#ifndef ZM_SCRATCH_DATABASE_H
#define ZM_SCRATCH_DATABASE_H

/* In the current context.  Needs a transaction. */
extern char *zm_database_creation(const char *name);

#endif /* ZM_SCRATCH_DATABASE_H */
