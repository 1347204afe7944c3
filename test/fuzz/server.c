/*
 * server.c
 *
 * Stand-ins for what importers call of the server and of src/script, so that
 * they run in a process of a fuzzer.
 *
 * Rule: every allocation is one of malloc's, of just the size that was asked
 * for, so that the address sanitizer sees each byte that is read beyond it;
 * all of them go when an input is done with.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "parser/scansup.h"
#include "utils/memutils.h"

#include "import/import.h"
#include "script/check.h"
#include "script/parse.h"
#include "script/split.h"
#include "server.h"
#include "util/digest.h"

typedef struct Chunk
{
	struct Chunk *previous;
	struct Chunk *next;
} Chunk;

struct ZmSplitter
{
	ZmScript *script;
	Size position;
	int number;
};

MemoryContext CurrentMemoryContext = NULL;
volatile sig_atomic_t InterruptPending = false;

static Chunk chunks = {&chunks, &chunks};

void *
palloc(Size size)
{
	Chunk *chunk = malloc(sizeof(Chunk) + size);

	if (chunk == NULL)
		abort();
	chunk->previous = &chunks;
	chunk->next = chunks.next;
	chunk->next->previous = chunk;
	chunks.next = chunk;
	return chunk + 1;
}

void *
palloc0(Size size)
{
	return memset(palloc(size), 0, size);
}

void
pfree(void *pointer)
{
	Chunk *chunk = (Chunk *) pointer - 1;

	chunk->previous->next = chunk->next;
	chunk->next->previous = chunk->previous;
	free(chunk);
}

void *
repalloc(void *pointer, Size size)
{
	Chunk *old = (Chunk *) pointer - 1;
	Chunk *chunk = realloc(old, sizeof(Chunk) + size);

	if (chunk == NULL)
		abort();
	chunk->previous->next = chunk;
	chunk->next->previous = chunk;
	return chunk + 1;
}

void
zm_fuzz_free_all(void)
{
	while (chunks.next != &chunks)
		pfree(chunks.next + 1);
}

void *
MemoryContextAlloc(MemoryContext context, Size size)
{
	return palloc(size);
}

void *
MemoryContextAllocZero(MemoryContext context, Size size)
{
	return palloc0(size);
}

void *
MemoryContextAllocExtended(MemoryContext context, Size size, int flags)
{
	return palloc0(size);
}

char *
pnstrdup(const char *text, Size length)
{
	Size n = strnlen(text, length);
	char *copy = palloc(n + 1);

	memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *
pstrdup(const char *text)
{
	return pnstrdup(text, strlen(text));
}

char *
MemoryContextStrdup(MemoryContext context, const char *text)
{
	return pstrdup(text);
}

/* Lists keep their cells apart, as the server's do once they have grown. */
static List *
make_list(NodeTag tag)
{
	List *list = palloc0(sizeof(List));

	list->type = tag;
	return list;
}

static ListCell *
add_cell(List *list)
{
	if (list->length == list->max_length)
	{
		list->max_length = Max(4, list->max_length * 2);
		list->elements = list->elements == NULL
							 ? palloc(list->max_length * sizeof(ListCell))
							 : repalloc(list->elements,
										list->max_length * sizeof(ListCell));
	}
	return &list->elements[list->length++];
}

List *
lappend(List *list, void *datum)
{
	if (list == NIL)
		list = make_list(T_List);
	lfirst(add_cell(list)) = datum;
	return list;
}

List *
lappend_int(List *list, int datum)
{
	if (list == NIL)
		list = make_list(T_IntList);
	lfirst_int(add_cell(list)) = datum;
	return list;
}

List *
list_make1_impl(NodeTag tag, ListCell datum)
{
	List *list = make_list(tag);

	*add_cell(list) = datum;
	return list;
}

void
list_sort(List *list, list_sort_comparator compare)
{
	if (list_length(list) > 1)
		qsort(list->elements, list->length, sizeof(ListCell),
			  (int (*)(const void *, const void *)) compare);
}

bool
scanner_isspace(char c)
{
	return c != '\0' && strchr(" \t\n\r\f", c) != NULL;
}

int
GetDatabaseEncoding(void)
{
	return PG_UTF8;
}

void
ProcessInterrupts(void)
{
}

bool
errstart_cold(int level, const char *domain)
{
	abort();
}

bool
errstart(int level, const char *domain)
{
	abort();
}

void
errfinish(const char *file, int line, const char *function)
{
	abort();
}

int
errmsg_internal(const char *format, ...)
{
	return 0;
}

/* Texts are in UTF-8. */
char *
pg_server_to_any(const char *text, int length, int encoding)
{
	return unconstify(char *, text);
}

/*
 * src/util: a digest is no more than the sum of its bytes, each of which is
 * read.
 */
char *
zm_digest_hex(pg_cryptohash_type type, const ZmDigestPart *parts, int nparts)
{
	unsigned int sum = 0;

	for (int i = 0; i < nparts; i++)
	{
		for (Size at = 0; at < parts[i].length; at++)
			sum += (unsigned char) parts[i].data[at];
	}
	return psprintf("%08x", sum);
}

char *
zm_digest_base64(pg_cryptohash_type type, const ZmDigestPart *parts,
				 int nparts)
{
	return zm_digest_hex(type, parts, nparts);
}

/*
 * src/script: statements end at any semicolon, and none can be parsed.
 */

ZmScript *
zm_script_from_cstring(const char *text, Size length)
{
	ZmScript *script = palloc0(sizeof(ZmScript));

	script->text = pnstrdup(text, length);
	script->length = strlen(script->text);
	return script;
}

ZmSplitter *
zm_splitter_create(ZmScript *script)
{
	ZmSplitter *splitter = palloc0(sizeof(ZmSplitter));

	splitter->script = script;
	return splitter;
}

bool
zm_splitter_next(ZmSplitter *splitter, ZmStatement *statement)
{
	const char *text = splitter->script->text;
	Size end;

	while (text[splitter->position] == ';' ||
		   scanner_isspace(text[splitter->position]))
		splitter->position++;
	/* Comments belong to no statement. */
	while (strncmp(text + splitter->position, "--", 2) == 0)
	{
		splitter->position += strcspn(text + splitter->position, "\n");
		while (scanner_isspace(text[splitter->position]))
			splitter->position++;
	}
	if (text[splitter->position] == '\0')
		return false;
	end = splitter->position + strcspn(text + splitter->position, ";");
	memset(statement, 0, sizeof(*statement));
	statement->number = ++splitter->number;
	statement->start = splitter->position;
	statement->end = end;
	statement->terminated = text[end] == ';';
	statement->text =
		pnstrdup(text + splitter->position, end - splitter->position);
	splitter->position = end + statement->terminated;
	return true;
}

Size
zm_splitter_position(const ZmSplitter *splitter)
{
	return splitter->position;
}

ErrorData *
zm_catch_fault(void (*function)(void *), void *arg)
{
	function(arg);
	return NULL;
}

RawStmt *
zm_parse(const char *text)
{
	return NULL;
}

char *
zm_revision_file_name(const char *revision, const char *message)
{
	return psprintf("%s_%s.sql", revision, message);
}

/* A copy reads every byte. */
char *
zm_clean_script(ZmHistory *history, const ZmRawScript *script)
{
	char *copy = palloc(script->length + 1);

	if (script->length > 0)
		memcpy(copy, script->text, script->length);
	copy[script->length] = '\0';
	zm_fuzz_check_place(history, script->file, script->line);
	return copy;
}
