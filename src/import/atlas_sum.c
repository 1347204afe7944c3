/*
 * atlas_sum.c
 *
 * The sums that Atlas keeps of a directory.
 *
 *		h1:...
 *		20240102030405_create_users.sql h1:...
 *
 * Each is of the names and contents of its file and of all before it; so the
 * last one tells whether all are right, and halving finds the first that is
 * not.  A file that begins with "-- atlas:sum ignore" is left out, but for its
 * name.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "import/import.h"
#include "util/digest.h"

#define HASH "h1:"
#define IGNORE "-- atlas:sum ignore"

/* A line of the sum file. */
typedef struct Listed
{
	char *name;
	char *hash;
	bool found;
} Listed;

typedef struct Sum
{
	const ZmSourceFile *file;
	const char *hash;
	int nparts; /* that it is of */
} Sum;

typedef struct Sums
{
	ZmDigestPart *parts;
	int nparts;
	Sum *sums;
	int nsums;
} Sums;

static List *read_list(const ZmSourceFile *source);
static int compare_listed(const ListCell *a, const ListCell *b);
static int compare_name(const void *key, const void *element);
static bool match(ZmHistory *history, List *list, Sums *sums);
static void add_part(Sums *sums, const char *text);
static bool is_right(const Sums *sums, int nth);

void
zm_check_atlas_sum(ZmHistory *history)
{
	const ZmSourceFile *source = zm_source_find(history, ZM_ATLAS_SUM);
	Size n = list_length(history->files);
	Sums sums = {NULL};
	int right = 0;
	int wrong;

	if (source == NULL)
		return;
	sums.parts = palloc(sizeof(ZmDigestPart) * 2 * n);
	sums.sums = palloc(sizeof(Sum) * n);
	if (!match(history, read_list(source), &sums) || sums.nsums == 0 ||
		is_right(&sums, sums.nsums - 1))
		return;
	wrong = sums.nsums - 1;
	while (right < wrong)
	{
		int middle = right + (wrong - right) / 2;

		if (is_right(&sums, middle))
			right = middle + 1;
		else
			wrong = middle;
	}
	zm_finding(history, ZM_FINDING_PROBLEM, sums.sums[wrong].file->name, 0,
			   "is not the file that " ZM_ATLAS_SUM " has the sum of");
}

/* Without the first line, which is the sum of the others. */
static List *
read_list(const ZmSourceFile *source)
{
	List *list = NIL;
	ZmLine line = {0};

	while (zm_next_line(source->content, source->length, &line))
	{
		const char *text = line.text;
		Size length = line.length;
		Listed *listed;

		/* The name may have blanks. */
		while (length > 0 && text[length - 1] != ' ')
			length--;
		if (length < 2 ||
			!zm_starts_with(text + length, line.length - length, HASH))
			continue;
		listed = palloc0(sizeof(Listed));
		listed->name = pnstrdup(text, length - 1);
		listed->hash = pnstrdup(text + length + strlen(HASH),
								line.length - length - strlen(HASH));
		list = lappend(list, listed);
	}
	list_sort(list, compare_listed);
	return list;
}

static int
compare_listed(const ListCell *a, const ListCell *b)
{
	return compare_name(((const Listed *) lfirst(a))->name, lfirst(b));
}

static int
compare_name(const void *key, const void *element)
{
	return strcmp(key, ((const Listed *) element)->name);
}

/* Are the same files here and there?  If not, later sums tell nothing. */
static bool
match(ZmHistory *history, List *list, Sums *sums)
{
	bool well = true;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		Listed *listed;

		if (!zm_ends_with(file->name, ".sql") ||
			strchr(file->name, '/') != NULL)
			continue;
		add_part(sums, file->name);
		if (zm_starts_with(file->content, file->length, IGNORE))
			continue;
		add_part(sums, file->content);
		listed = zm_find_in_order(list, file->name, compare_name);
		if (listed)
		{
			listed->found = true;
			sums->sums[sums->nsums++] =
				(Sum){file, listed->hash, sums->nparts};
			continue;
		}
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
				   "has no sum in " ZM_ATLAS_SUM);
		well = false;
	}
	foreach (lc, list)
	{
		const Listed *listed = lfirst(lc);

		if (listed->found)
			continue;
		zm_finding(history, ZM_FINDING_PROBLEM, ZM_ATLAS_SUM, 0,
				   "has the sum of \"%s\", which is missing", listed->name);
		well = false;
	}
	return well;
}

/* As it is in files. */
static void
add_part(Sums *sums, const char *text)
{
	const char *utf8 = pg_server_to_any(text, strlen(text), PG_UTF8);

	sums->parts[sums->nparts++] = (ZmDigestPart){utf8, strlen(utf8)};
}

static bool
is_right(const Sums *sums, int nth)
{
	const Sum *sum = &sums->sums[nth];

	CHECK_FOR_INTERRUPTS();
	return strcmp(zm_digest_base64(PG_SHA256, sums->parts, sum->nparts),
				  sum->hash) == 0;
}
