/*
 * describe.c
 *
 * Words for people: what a step is called.
 *
 * Rule: the words are Alembic's, so that logs read and match as before.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "engine/run.h"

const char *
zm_action_name(bool up)
{
	return up ? "upgrade" : "downgrade";
}

char *
zm_script_label(const char *action, const char *revision, const char *message)
{
	if (message == NULL || message[0] == '\0')
		return psprintf("%s of revision \"%s\"", action, revision);
	return psprintf("%s of revision \"%s\" (%s)", action, revision, message);
}

char *
zm_step_title(const ZmRun *run, const ZmStep *step)
{
	const ZmNode *node = step->node;
	StringInfoData parents;
	StringInfoData title;

	initStringInfo(&parents);
	for (int i = 0; i < node->ndown; i++)
		appendStringInfo(&parents, "%s%s", i > 0 ? ", " : "",
						 node->down_ids[i]);

	initStringInfo(&title);
	appendStringInfo(&title, "Running %s %s -> %s", zm_action_name(run->up),
					 run->up ? parents.data : node->id,
					 run->up ? node->id : parents.data);
	if (node->message && node->message[0] != '\0')
		appendStringInfo(&title, ", %s", node->message);
	return title.data;
}
