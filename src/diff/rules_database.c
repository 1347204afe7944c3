/*
 * rules_database.c
 *
 * What of extensions, languages and subscriptions can be altered in place.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "diff/rules.h"

static bool replaces_extension(const ZmDiff *diff, const ZmObject *old,
							   const ZmObject *new);
static bool replaces_language(const ZmDiff *diff, const ZmObject *old,
							  const ZmObject *new);
static bool replaces_subscription(const ZmDiff *diff, const ZmObject *old,
								  const ZmObject *new);

const ZmRules zm_rules_extension = {.replaces = replaces_extension};
const ZmRules zm_rules_language = {.replaces = replaces_language};
const ZmRules zm_rules_subscription = {.replaces = replaces_subscription};

bool
zm_type_moves_along(const ZmDiff *diff, const ZmObject *old,
					const ZmObject *new)
{
	const char *type = zm_get(old, "type");
	ListCell *lc;

	foreach (lc, old->needs)
	{
		const ZmObject *needed = lfirst(lc);
		const ZmObject *twin = zm_old_twin(diff, needed);
		const char *from;

		if (needed->kind != zm_kind(ZM_KIND_EXTENSION) || twin == NULL ||
			zm_old_change(diff, needed) == NULL ||
			zm_old_change(diff, needed)->replaced)
			continue;
		from = psprintf("%s.", quote_identifier(zm_get(needed, "in schema")));
		if (strncmp(type, from, strlen(from)) == 0 &&
			strcmp(psprintf("%s.%s",
							quote_identifier(zm_get(twin, "in schema")),
							type + strlen(from)),
				   zm_get(new, "type")) == 0)
			return true;
	}
	return false;
}

static bool
replaces_extension(const ZmDiff *diff, const ZmObject *old,
				   const ZmObject *new)
{
	const ZmDiffOptions *options = diff->options;

	if (zm_differs(old, new, "in schema") && !zm_flag(old, "relocatable"))
		return true;
	return zm_differs(old, new, "version") && options->updates_extension &&
		   !options->updates_extension(old->name, zm_get(old, "version"),
									   zm_get(new, "version"));
}

/* Nobody can be granted or refused one that is not trusted. */
static bool
replaces_language(const ZmDiff *diff, const ZmObject *old, const ZmObject *new)
{
	return !zm_flag(new, "trusted") && zm_differs(old, new, "trusted") &&
		   zm_attribute_differs(diff, old, new, ZM_PRIVILEGES);
}

/* Where the connection comes from is chosen once. */
static bool
replaces_subscription(const ZmDiff *diff, const ZmObject *old,
					  const ZmObject *new)
{
	return (zm_get(old, "server") == NULL) != (zm_get(new, "server") == NULL);
}
