/*
 * settings.c
 *
 * The settings that a worker takes over from its session.
 *
 * Rule: what the role, the database and the server set the worker has by
 * itself.  What the client set when it connected, and the session since, it
 * is told.
 */
#include "postgres.h"

#include "utils/guc.h"
#include "utils/guc_tables.h"

#include "compat.h"
#include "worker/worker.h"

static bool is_taken_over(const struct config_generic *setting);

const ZmWorkerSetting *
zm_worker_session_settings(int *n)
{
	int total;
	struct config_generic **all = zm_guc_variables(&total);
	ZmWorkerSetting *settings = palloc(sizeof(ZmWorkerSetting) * total);

	*n = 0;
	for (int i = 0; i < total; i++)
	{
		const char *value;

		if (!is_taken_over(all[i]))
			continue;
		value = GetConfigOption(all[i]->name, true, false);
		if (value == NULL)
			continue;
		settings[*n].name = pstrdup(all[i]->name);
		settings[*n].value = pstrdup(value);
		(*n)++;
	}
	return settings;
}

static bool
is_taken_over(const struct config_generic *setting)
{
	/* Of the hidden ones those that nobody has defined are the session's. */
	bool hidden = (setting->flags & GUC_NO_SHOW_ALL) &&
				  !(setting->flags & GUC_CUSTOM_PLACEHOLDER) &&
				  strncmp(setting->name, "zishu_migrate.", 14) != 0;

	if (setting->source != PGC_S_SESSION && setting->source != PGC_S_CLIENT)
		return false;
	if (setting->context != PGC_USERSET && setting->context != PGC_SUSET)
		return false;
	/* Messages between the two are in the database's encoding; and a
	 * transaction has its own modes. */
	return !hidden && strcmp(setting->name, "client_encoding") != 0 &&
		   strncmp(setting->name, "transaction_", 12) != 0;
}
