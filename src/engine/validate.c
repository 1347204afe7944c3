/*
 * validate.c
 *
 * Is what is stored what was applied?
 *
 * Rule: the scripts themselves are looked at, not what their rows say of
 * them, and no graph is needed: this has to work when rows are missing.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/validate.h"
#include "store/store.h"

typedef struct Validator
{
	ZmProblemCallback callback;
	void *arg;
} Validator;

static void validate_one(const ZmApplied *applied, void *arg);

void
zm_validate(const char *tenant, ZmProblemCallback callback, void *arg)
{
	Validator validator = {callback, arg};

	zm_store_each_applied(tenant, validate_one, &validator);
}

static void
validate_one(const ZmApplied *applied, void *arg)
{
	Validator *validator = arg;
	ZmStoredRevision *revision = applied->revision;

	CHECK_FOR_INTERRUPTS();
	if (revision == NULL)
	{
		validator->callback(
			applied->id, "missing",
			applied->needed_by
				? psprintf("revision \"%s\" builds on it", applied->needed_by)
				: "a version row names it",
			validator->arg);
		return;
	}
	if (!applied->has_applied)
		return;
	zm_digest(revision->upgrade, revision->downgrade, revision->digests.exact);
	if (memcmp(revision->digests.exact, applied->applied.exact,
			   PG_SHA256_DIGEST_LENGTH) == 0)
		return;
	zm_token_digest(revision->upgrade, revision->downgrade,
					revision->digests.tokens);
	if (memcmp(revision->digests.tokens, applied->applied.tokens,
			   PG_SHA256_DIGEST_LENGTH) == 0)
		validator->callback(applied->id, "layout",
							"only layout or comments differ from what was "
							"applied",
							validator->arg);
	else
		validator->callback(applied->id, "changed",
							"the statements differ from what was applied",
							validator->arg);
}
