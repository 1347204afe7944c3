/*
 * emit_policy.c
 *
 * Statements for row security policies.
 */
#include "postgres.h"

#include "diff/rules.h"
#include "emit/emitters.h"

static void create_policy(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_policy(ZmEmit *emit, const ZmChange *change);
static bool reads_anew(const ZmDiff *diff, const ZmObject *old,
					   const ZmObject *new);
static char *role_list(const ZmObject *policy);

const ZmEmitter zm_emitter_policy = {.create = create_policy,
									 .alter = alter_policy};

static void
create_policy(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;
	const char *command = zm_get(new, "command");
	const char *using = zm_written(emit->diff, new, "using");
	const char *check = zm_written(emit->diff, new, "check");

	zm_emit_lock(zm_emit(emit, "create", new,
						 "CREATE POLICY %s%s%s%s%s%s%s%s%s%s%s", new->identity,
						 zm_flag(new, "permissive") ? "" : " AS RESTRICTIVE",
						 command ? " FOR " : "", command ? command : "",
						 zm_get(new, "roles") ? " TO " : "",
						 zm_get(new, "roles") ? role_list(new) : "",
						 using ? " USING (" : "", using ? using : "",
						 using ? ")" : "", check ? " WITH CHECK (" : "",
						 check ? psprintf("%s)", check) : ""),
				 "ACCESS EXCLUSIVE", new->parent);
}

static void
alter_policy(ZmEmit *emit, const ZmChange *change)
{
	const ZmObject *old = change->old;
	const ZmObject *new = change->new;
	bool anew = reads_anew(emit->diff, old, new);
	StringInfoData text;

	initStringInfo(&text);
	if (zm_differs(old, new, "roles"))
		appendStringInfo(&text, " TO %s", role_list(new));
	if (zm_differs(old, new, "using") || (anew && zm_get(new, "using")))
		appendStringInfo(&text, " USING (%s)",
						 zm_written(emit->diff, new, "using"));
	if (zm_differs(old, new, "check") || (anew && zm_get(new, "check")))
		appendStringInfo(&text, " WITH CHECK (%s)",
						 zm_written(emit->diff, new, "check"));
	zm_emit_lock(zm_emit(emit, "alter", new, "ALTER POLICY %s%s",
						 new->identity, text.data),
				 "ACCESS EXCLUSIVE", new->parent);
}

/* Is one of its conditions told, and does it let go of something?  The other
 * one may read the same and mean something else by now. */
static bool
reads_anew(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	ListCell *lc;

	if (!zm_differs(old, new, "using") && !zm_differs(old, new, "check"))
		return false;
	foreach (lc, old->needs)
	{
		const ZmObject *twin = zm_old_twin(diff, lfirst(lc));

		if (twin == NULL || !zm_needs(new, twin))
			return true;
	}
	return false;
}

/* The names come quoted. */
static char *
role_list(const ZmObject *policy)
{
	StringInfoData text;
	ListCell *lc;

	initStringInfo(&text);
	foreach (lc, zm_get_list(policy, "roles"))
		appendStringInfo(&text, "%s%s", text.len > 0 ? ", " : "",
						 (char *) lfirst(lc));
	return text.len > 0 ? text.data : "PUBLIC";
}
