/*
 * commits.c
 *
 * Where a difference must be committed before it can go on.
 *
 * A label that was added to an enum cannot be used before it is committed.
 * Whether a statement uses it is told by what its object needs, the enum or a
 * function that speaks of the label, since rows and what functions do with
 * them are not known; and by its text.
 *
 * Rule: a commit too many costs little, one too few is a failure.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "emit/emitters.h"

/* A search for the use of labels that are not committed yet. */
typedef struct Search
{
	const ZmDiff *diff;
	List *pending; /* ZmStatementOut * that add them */
	bool *seen;	   /* by position in the new schema: no use of any */
} Search;

static bool uses_pending(Search *search, const ZmStatementOut *statement);
static bool can_use(const ZmStatementOut *statement);
static bool reaches(Search *search, const ZmObject *object, bool parts);
static bool is_use(const Search *search, const ZmObject *object);
static bool speaks_of(const Search *search, const char *text);
static bool has_word(const char *text, const char *word);
static bool can_be_quoted(const char *text, const char *place);
static bool is_part_of_word(char c);

void
zm_mark_commits(ZmEmit *emit)
{
	int count = list_length(emit->diff->new->objects);
	Search search = {.diff = emit->diff};
	ListCell *lc;

	foreach (lc, emit->statements)
	{
		ZmStatementOut *statement = lfirst(lc);

		CHECK_FOR_INTERRUPTS();
		if (statement->adds_label)
		{
			search.pending = lappend(search.pending, statement);
			if (search.seen)
				pfree(search.seen);
			search.seen = palloc0(sizeof(bool) * (count + 1));
		}
		else if (search.pending && uses_pending(&search, statement))
		{
			((ZmStatementOut *) llast(search.pending))->commit_after = true;
			search.pending = NIL;
		}
	}
}

static bool
uses_pending(Search *search, const ZmStatementOut *statement)
{
	const ZmObject *object = statement->object;

	if (strcmp(statement->change, "comment") == 0)
		return false;
	if (speaks_of(search, statement->statement))
		return true;
	return can_use(statement) &&
		   zm_schema_find(search->diff->new, object->kind, object->identity) ==
			   object &&
		   reaches(search, object, strcmp(statement->change, "create") == 0);
}

/* What only says something about an object evaluates nothing. */
static bool
can_use(const ZmStatementOut *statement)
{
	static const char *const harmless[] = {"comment", "drop",  "grant",
										   "label",	  "owner", "rename",
										   "revoke",  "set"};

	for (int i = 0; i < lengthof(harmless); i++)
	{
		if (strcmp(statement->change, harmless[i]) == 0)
			return false;
	}
	return statement->object != NULL;
}

/* Is there a use of a label in what the object needs?  With parts, also in
 * what is said with it. */
static bool
reaches(Search *search, const ZmObject *object, bool parts)
{
	List *queue = list_make1(unconstify(ZmObject *, object));

	for (int i = 0; parts && i < list_length(queue); i++)
	{
		const ZmObject *whole = list_nth(queue, i);

		search->seen[whole->position] = false;
		queue = list_concat(queue, whole->children);
	}
	for (int i = 0; i < list_length(queue); i++)
	{
		ZmObject *next = list_nth(queue, i);

		CHECK_FOR_INTERRUPTS();
		if (search->seen[next->position])
			continue;
		search->seen[next->position] = true;
		if (is_use(search, next))
			return true;
		queue = list_concat(queue, next->needs);
		if (next->parent)
			queue = lappend(queue, next->parent);
	}
	list_free(queue);
	return false;
}

static bool
is_use(const Search *search, const ZmObject *object)
{
	ListCell *lc;

	foreach (lc, search->pending)
	{
		if (((const ZmStatementOut *) lfirst(lc))->object == object)
			return true;
	}
	return (zm_is_kind(object, ZM_KIND_FUNCTION) ||
			zm_is_kind(object, ZM_KIND_PROCEDURE)) &&
		   speaks_of(search, zm_get(object, "definition"));
}

static bool
speaks_of(const Search *search, const char *text)
{
	ListCell *lc;

	foreach (lc, search->pending)
	{
		const ZmStatementOut *adds = lfirst(lc);

		if (has_word(text, adds->adds_label) ||
			strstr(text, zm_literal(adds->adds_label)))
			return true;
	}
	return false;
}

static bool
has_word(const char *text, const char *word)
{
	Size length = strlen(word);

	for (const char *c = text; length > 0 && (c = strstr(c, word)); c++)
	{
		if ((c == text || !is_part_of_word(c[-1])) &&
			!is_part_of_word(c[length]) && can_be_quoted(text, c))
			return true;
	}
	return false;
}

/* A label is part of a constant.  What is quoted by dollars is the text of a
 * function, where that cannot be told. */
static bool
can_be_quoted(const char *text, const char *place)
{
	char quote = '\0';

	for (const char *c = text; c < place; c++)
	{
		if (quote == '\0' && *c == '$')
			return true;
		if (quote == '\0' && (*c == '\'' || *c == '"'))
			quote = *c;
		else if (quote == *c)
			quote = '\0';
	}
	return quote == '\'';
}

static bool
is_part_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		   (c >= '0' && c <= '9') || c == '_' || IS_HIGHBIT_SET(c);
}
