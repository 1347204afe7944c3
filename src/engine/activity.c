/*
 * activity.c
 *
 * What a worker does, as pg_stat_activity tells it.
 *
 * Rule: whoever looks needs no table for it, nor the worker a transaction to
 * tell it.  There is room for 63 bytes, so the revision comes last, and
 * whoever reads completes it; and other databases' sessions read it, too, so
 * it is ASCII.
 */
#include "postgres.h"

#include "utils/backend_status.h"
#include "utils/guc.h"

#include "engine/activity.h"

#define FORMAT "zishu_migrate: step %d of %d, statement %d of %d,"

static void make_ascii(char *text);
static bool begins_with(const char *id, const char *beginning, Size length);

void
zm_activity_report(const ZmActivity *activity)
{
	char name[NAMEDATALEN];
	int used = snprintf(name, sizeof(name), FORMAT " %s", activity->step,
						activity->steps, activity->statement,
						activity->statements, activity->revision);

	if (used < 0)
		return;
	make_ascii(name);
	pgstat_report_appname(name);
}

void
zm_activity_end(void)
{
	pgstat_report_appname(application_name ? application_name : "");
}

bool
zm_activity_parse(const char *name, ZmActivity *activity)
{
	int used = 0;

	if (sscanf(name, FORMAT "%n", &activity->step, &activity->steps,
			   &activity->statement, &activity->statements, &used) != 4 ||
		used == 0 || name[used] != ' ')
		return false;
	activity->revision = name + used + 1;
	return true;
}

const char *
zm_activity_revision(const ZmGraph *graph, const char *beginning)
{
	Size length = strlen(beginning);
	const char *found = NULL;

	for (ZmRev rev = 0; rev < zm_graph_size(graph); rev++)
	{
		const char *id = zm_graph_node(graph, rev)->id;

		if (!begins_with(id, beginning, length))
			continue;
		if (id[length] == '\0')
			return id;
		if (found)
			return beginning;
		found = id;
	}
	return found ? found : beginning;
}

/* As the server does it for the setting. */
static void
make_ascii(char *text)
{
	for (; *text; text++)
	{
		if (*text < 32 || *text > 126)
			*text = '?';
	}
}

static bool
begins_with(const char *id, const char *beginning, Size length)
{
	for (Size i = 0; i < length; i++)
	{
		bool ascii = id[i] >= 32 && id[i] <= 126;

		if (id[i] == '\0' || beginning[i] != (ascii ? id[i] : '?'))
			return false;
	}
	return true;
}
