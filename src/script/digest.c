/*
 * digest.c
 *
 * SHA-256 of scripts, by their bytes and by their tokens.
 *
 * The exact digest tells whether a script is the one that was applied.  If it
 * is not, the token digest tells whether it would still do the same.
 *
 * Rule: digests are stored and compared for years, over dumps and upgrades of
 * the server.  So everything that goes in has its length before it, and
 * nothing goes in that another version of the server may number otherwise or
 * not know as a keyword.
 */
#include "postgres.h"

#include "common/cryptohash.h"
#include "miscadmin.h"
#include "port/pg_bswap.h"

#include "script/check.h"
#include "script/split.h"

/* Hashing has a price per call; tokens are gathered to so many bytes. */
#define GATHERED 4096

typedef struct Hash
{
	pg_cryptohash_ctx *context;
	ZmScript *scripts[2]; /* whose tokens are wanted */
	ZmScript *script;	  /* the one whose tokens are coming in */
	Size gathered;
	uint8 buffer[GATHERED];
} Hash;

static void hash_begin(Hash *hash);
static void hash_start(Hash *hash);
static void hash_end(Hash *hash, uint8 digest[PG_SHA256_DIGEST_LENGTH]);
static void hash_text(Hash *hash, const ZmScript *script);
static void hash_both(void *arg);
static void hash_tokens(Hash *hash, ZmScript *script);
static void hash_token(const ZmToken *token, void *arg);
static void hash_item(Hash *hash, char kind, const char *value, Size length);
static void hash_bytes(Hash *hash, const void *data, Size length);
static void flush(Hash *hash);
static void check(Hash *hash, int result);

void
zm_digest(const ZmScript *upgrade, const ZmScript *downgrade,
		  uint8 digest[PG_SHA256_DIGEST_LENGTH])
{
	Hash hash;

	hash_begin(&hash);
	hash_text(&hash, upgrade);
	hash_text(&hash, downgrade);
	hash_end(&hash, digest);
}

void
zm_token_digest(ZmScript *upgrade, ZmScript *downgrade,
				uint8 digest[PG_SHA256_DIGEST_LENGTH])
{
	Hash hash = {.scripts = {upgrade, downgrade}};

	hash_begin(&hash);
	if (zm_catch_fault(hash_both, &hash) != NULL)
	{
		hash_start(&hash);
		hash_item(&hash, '!', NULL, 0);
		hash_text(&hash, upgrade);
		hash_text(&hash, downgrade);
	}
	hash_end(&hash, digest);
}

void
zm_statement_digest(const ZmStatement *statement,
					uint8 digest[PG_SHA256_DIGEST_LENGTH])
{
	ZmScript *script =
		zm_script_from_cstring(statement->text, strlen(statement->text));
	Hash hash;

	hash_begin(&hash);
	hash_bytes(&hash, digest, PG_SHA256_DIGEST_LENGTH);
	hash_tokens(&hash, script);
	hash_item(&hash, statement->repeat ? 'r' : ';', NULL, 0);
	hash_end(&hash, digest);
	zm_script_free(script);
}

bool
zm_script_prefix_digest(ZmScript *script, int n,
						uint8 digest[PG_SHA256_DIGEST_LENGTH])
{
	ZmSplitter *splitter = zm_splitter_create(script);
	ZmStatement statement;

	memset(digest, 0, PG_SHA256_DIGEST_LENGTH);
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!zm_splitter_next(splitter, &statement))
			return false;
		zm_statement_digest(&statement, digest);
	}
	return true;
}

/* An error on the way leaves the context to the resource owner. */
static void
hash_begin(Hash *hash)
{
	hash->context = pg_cryptohash_create(PG_SHA256);
	if (hash->context == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
	hash_start(hash);
}

/* Also what has come in so far is forgotten. */
static void
hash_start(Hash *hash)
{
	hash->gathered = 0;
	check(hash, pg_cryptohash_init(hash->context));
}

static void
hash_end(Hash *hash, uint8 digest[PG_SHA256_DIGEST_LENGTH])
{
	flush(hash);
	check(hash,
		  pg_cryptohash_final(hash->context, digest, PG_SHA256_DIGEST_LENGTH));
	pg_cryptohash_free(hash->context);
}

static void
hash_text(Hash *hash, const ZmScript *script)
{
	if (script == NULL)
		hash_item(hash, '-', NULL, 0);
	else
		hash_item(hash, '+', script->text, script->length);
}

static void
hash_both(void *arg)
{
	Hash *hash = arg;

	hash_tokens(hash, hash->scripts[0]);
	hash_tokens(hash, hash->scripts[1]);
}

/*
 * Behind each statement stands whether it is to be repeated, as that is said
 * in a comment.  How statements are separated is layout.
 */
static void
hash_tokens(Hash *hash, ZmScript *script)
{
	ZmSplitter *splitter;
	ZmStatement statement;

	if (script == NULL)
	{
		hash_item(hash, '-', NULL, 0);
		return;
	}

	hash->script = script;
	splitter = zm_splitter_create(script);
	zm_splitter_watch(splitter, hash_token, hash);
	while (zm_splitter_next(splitter, &statement))
		hash_item(hash, statement.repeat ? 'r' : ';', NULL, 0);
	hash_item(hash, '+', NULL, 0);
}

/*
 * A word is the same whether the server has it as a keyword or not, for the
 * next version may change its mind.  Written in quotes it is another one, as
 * "user" is not USER.
 */
static void
hash_token(const ZmToken *token, void *arg)
{
	Hash *hash = arg;
	const char *source = hash->script->text + token->start;
	const char *value = token->value.str;
	char number[16];
	char kind;

	if (token->code >= ZM_TOKEN_KEYWORD)
	{
		hash_item(hash, 'w', token->value.keyword,
				  strlen(token->value.keyword));
		return;
	}

	switch (token->code)
	{
		case ZM_TOKEN_IDENT:
			kind = *source == '"' ? 'q' : 'w';
			break;
		case ZM_TOKEN_UIDENT:
			kind = 'i';
			break;
		case ZM_TOKEN_SCONST:
			kind = 's';
			break;
		case ZM_TOKEN_USCONST:
			kind = 'u';
			break;
		case ZM_TOKEN_BCONST:
			kind = 'b';
			break;
		case ZM_TOKEN_XCONST:
			kind = 'x';
			break;
		case ZM_TOKEN_FCONST:
			kind = 'n';
			break;
		case ZM_TOKEN_ICONST:
		case ZM_TOKEN_PARAM:
			kind = token->code == ZM_TOKEN_ICONST ? 'n' : '$';
			snprintf(number, sizeof(number), "%d", token->value.ival);
			value = number;
			break;
		default: /* an operator or a single character */
			hash_item(hash, 'o', strcmp(source, "!=") == 0 ? "<>" : source,
					  token->end - token->start);
			return;
	}
	hash_item(hash, kind, value, strlen(value));
}

static void
hash_item(Hash *hash, char kind, const char *value, Size length)
{
	uint64 frame = pg_hton64((uint64) length);

	hash_bytes(hash, &kind, sizeof(kind));
	hash_bytes(hash, &frame, sizeof(frame));
	hash_bytes(hash, value, length);
}

static void
hash_bytes(Hash *hash, const void *data, Size length)
{
	if (length > GATHERED - hash->gathered)
		flush(hash);
	if (length > GATHERED)
		check(hash, pg_cryptohash_update(hash->context, data, length));
	else if (length > 0)
	{
		memcpy(hash->buffer + hash->gathered, data, length);
		hash->gathered += length;
	}
}

static void
flush(Hash *hash)
{
	check(hash,
		  pg_cryptohash_update(hash->context, hash->buffer, hash->gathered));
	hash->gathered = 0;
}

static void
check(Hash *hash, int result)
{
	if (result < 0)
		elog(ERROR, "could not compute SHA-256: %s",
			 pg_cryptohash_error(hash->context));
}
