/*
 * execute.h
 *
 * Running scripts at top level, as a client would send them.
 *
 * Statements that can share a transaction do; those that need one of their own
 * get it, and a label that was added to an enum is committed before what
 * follows may use it.  BEGIN and COMMIT of a script are taken for what they
 * are: places where to commit.
 *
 * Rule: extensions see each statement as the server's own main loop shows it.
 */
#ifndef ZM_EXECUTE_H
#define ZM_EXECUTE_H

/*
 * Runs a script.  No transaction may be open, and none is afterwards.  What a
 * statement raises says where in the script it stands; label names the script
 * in it.  Settings that the script changes are its own.
 */
extern void zm_execute_script(const char *label, const char *script);

/* Runs one statement in a transaction of its own. */
extern void zm_execute_alone(const char *statement);

#endif /* ZM_EXECUTE_H */
