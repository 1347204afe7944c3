/*
 * emit_language.c
 *
 * Statements for languages, access methods and transforms.
 */
#include "postgres.h"

#include "emit/emitters.h"

static void create_language(ZmEmit *emit, const ZmChange *change, List *parts);
static void alter_language(ZmEmit *emit, const ZmChange *change);
static void write_language(ZmEmit *emit, const char *change,
						   const ZmObject *language);
static void create_access_method(ZmEmit *emit, const ZmChange *change,
								 List *parts);
static void create_transform(ZmEmit *emit, const ZmChange *change,
							 List *parts);
static void alter_transform(ZmEmit *emit, const ZmChange *change);
static void write_transform(ZmEmit *emit, const char *change,
							const ZmObject *transform);

const ZmEmitter zm_emitter_language = {.create = create_language,
									   .alter = alter_language};
const ZmEmitter zm_emitter_access_method = {.create = create_access_method};
const ZmEmitter zm_emitter_transform = {.create = create_transform,
										.alter = alter_transform};

static void
create_language(ZmEmit *emit, const ZmChange *change, List *parts)
{
	write_language(emit, "create", change->new);
}

static void
alter_language(ZmEmit *emit, const ZmChange *change)
{
	write_language(emit, "alter", change->new);
}

static void
write_language(ZmEmit *emit, const char *change, const ZmObject *language)
{
	const char *inline_handler = zm_get(language, "inline");
	const char *validator = zm_get(language, "validator");

	zm_emit(emit, change, language,
			"CREATE %s%sLANGUAGE %s HANDLER %s%s%s%s%s",
			strcmp(change, "alter") == 0 ? "OR REPLACE " : "",
			zm_flag(language, "trusted") ? "TRUSTED " : "", language->identity,
			zm_get(language, "handler"), inline_handler ? " INLINE " : "",
			inline_handler ? inline_handler : "",
			validator ? " VALIDATOR " : "", validator ? validator : "");
}

static void
create_access_method(ZmEmit *emit, const ZmChange *change, List *parts)
{
	const ZmObject *new = change->new;

	zm_emit(emit, "create", new, "CREATE ACCESS METHOD %s TYPE %s HANDLER %s",
			new->identity, zm_is(new, "type", "table") ? "TABLE" : "INDEX",
			zm_get(new, "handler"));
}

static void
create_transform(ZmEmit *emit, const ZmChange *change, List *parts)
{
	write_transform(emit, "create", change->new);
}

static void
alter_transform(ZmEmit *emit, const ZmChange *change)
{
	write_transform(emit, "alter", change->new);
}

static void
write_transform(ZmEmit *emit, const char *change, const ZmObject *transform)
{
	const char *from_sql = zm_get(transform, "from sql");
	const char *to_sql = zm_get(transform, "to sql");

	zm_emit(emit, change, transform, "CREATE %sTRANSFORM %s (%s%s%s%s%s)",
			strcmp(change, "alter") == 0 ? "OR REPLACE " : "",
			transform->identity, from_sql ? "FROM SQL WITH FUNCTION " : "",
			from_sql ? from_sql : "", from_sql && to_sql ? ", " : "",
			to_sql ? "TO SQL WITH FUNCTION " : "", to_sql ? to_sql : "");
}
