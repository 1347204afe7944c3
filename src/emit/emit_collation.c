/*
 * emit_collation.c
 *
 * Statements for collations and conversions.
 */
#include "postgres.h"

#include "emit/emitters.h"

static void create_collation(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static void create_conversion(ZmEmit *emit, const ZmChange *change,
							  List *parts);

const ZmEmitter zm_emitter_collation = {.create = create_collation};
const ZmEmitter zm_emitter_conversion = {.create = create_conversion};

static void
create_collation(ZmEmit *emit, const ZmChange *change, List *parts)
{
	static const char *const words[][2] = {{"collate", "lc_collate"},
										   {"ctype", "lc_ctype"},
										   {"locale", "locale"},
										   {"rules", "rules"}};
	const ZmObject *new = change->new;
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "provider = %s", zm_get(new, "provider"));
	if (zm_get(new, "deterministic"))
		appendStringInfo(&text, ", deterministic = %s",
						 zm_get(new, "deterministic"));
	for (int i = 0; i < lengthof(words); i++)
	{
		const char *value = zm_get(new, words[i][0]);

		if (value)
			appendStringInfo(&text, ", %s = %s", words[i][1],
							 zm_literal(value));
	}
	zm_emit(emit, "create", new, "CREATE COLLATION %s (%s)", new->identity,
			text.data);
}

static void
create_conversion(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;

	zm_emit(emit, "create", new, "CREATE %sCONVERSION %s FOR %s TO %s FROM %s",
			zm_flag(new, "default") ? "DEFAULT " : "", new->identity,
			zm_literal(zm_get(new, "source")),
			zm_literal(zm_get(new, "destination")), zm_get(new, "function"));
}
