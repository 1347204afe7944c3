/*
 * repair.h
 *
 * Accepting scripts as they are now.
 */
#ifndef ZM_REPAIR_H
#define ZM_REPAIR_H

/*
 * Takes the scripts of a revision for what was applied, or, where it is half
 * applied, the statements that were done.  Leaves an event and returns the
 * revision's id.  Raises 55000 where it is neither.
 */
extern char *zm_repair(const char *ident, const char *tenant);

#endif /* ZM_REPAIR_H */
