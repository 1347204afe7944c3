/*
 * args.h
 *
 * Arguments of the SQL functions.
 */
#ifndef ZM_ARGS_H
#define ZM_ARGS_H

#include "fmgr.h"

/* A text argument as a C string, NULL for a null. */
extern char *zm_arg_string(FunctionCallInfo fcinfo, int n);

/* The same for one that must not be null (22004). */
extern char *zm_arg_text(FunctionCallInfo fcinfo, int n, const char *name);

/* A boolean argument; a null is false. */
extern bool zm_arg_bool(FunctionCallInfo fcinfo, int n);

/* A text[] argument; a null gives none. */
extern char **zm_arg_strings(FunctionCallInfo fcinfo, int n, const char *name,
							 int *count);

/* Two text[] arguments, the first of them at n: the names of files and what is
 * in them, as many of both; returns how many.  22004 for a null. */
extern int zm_arg_files(FunctionCallInfo fcinfo, int n, char ***names,
						char ***contents);

/* Raises 22004 naming the argument if it is null. */
extern void zm_arg_required(FunctionCallInfo fcinfo, int n, const char *name);

/* A text[] argument that must not be null or empty; hint says what to give. */
extern char **zm_arg_some_strings(FunctionCallInfo fcinfo, int n,
								  const char *name, const char *hint,
								  int *count);

/*
 * To be called first by every function that changes anything: refuses where
 * nothing may be changed.  command is its name, "zishu_upgrade()".
 */
extern void zm_begin_change(const char *command);

/* The same for a procedure that commits: 25001 where it cannot. */
extern void zm_begin_commits(FunctionCallInfo fcinfo, const char *command);

/* Both, for a procedure that changes things in transactions of its own. */
extern void zm_begin_online(FunctionCallInfo fcinfo, const char *command);

#endif /* ZM_ARGS_H */
