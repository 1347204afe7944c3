/*
 * scope.h
 *
 * The owner's rights around a statement on our own tables.
 */
#ifndef ZM_SCOPE_H
#define ZM_SCOPE_H

typedef struct ZmScope
{
	Oid user;
	int security_context;
	int guc_level;
	char *user_name; /* of the caller, in the SPI context */
} ZmScope;

/*
 * Between the two, SPI is connected, the current user is the extension's
 * owner and search_path is pg_catalog, pg_temp.  An error in between needs no
 * cleaning up: the end of the (sub)transaction restores all three.
 */
extern void zm_scope_begin(ZmScope *scope);
extern void zm_scope_end(ZmScope *scope);

#endif /* ZM_SCOPE_H */
