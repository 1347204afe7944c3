/*
 * import_fuzz.c
 *
 * Every importer, fed by libFuzzer.
 *
 * An input is a history: "=== name", then that file's content, and so on, as
 * in corpus/.  All importers read each.  What they find must have its place in
 * the file they name, and what they make must be a chain with ids that differ.
 */
#include "postgres.h"

#include "import/import.h"
#include "server.h"

#define HEADING "=== "

extern int LLVMFuzzerTestOneInput(const uint8 *data, size_t size);

static List *read_files(const char *text, Size length);
static int compare_names(const ListCell *a, const ListCell *b);
static List *each_name_once(List *files);
static void try(const ZmImporter *importer, List *files);
static void check_findings(const ZmHistory *history);
static void check_revisions(const ZmHistory *history);

int
LLVMFuzzerTestOneInput(const uint8 *data, size_t size)
{
	List *files;

	/* A text of the server's has no such byte. */
	if (memchr(data, '\0', size) != NULL)
		return 0;
	files = read_files((const char *) data, size);
	for (int i = 0; i < zm_importer_count; i++)
		try(zm_importers[i], files);
	zm_fuzz_free_all();
	return 0;
}

static List *
read_files(const char *text, Size length)
{
	List *files = NIL;
	ZmSourceFile *file = NULL;
	ZmLine line = {0};
	Size start = 0;

	for (;;)
	{
		bool more = zm_next_line(text, length, &line);

		if (more && !zm_starts_with(line.text, line.length, HEADING))
			continue;
		if (file)
		{
			file->length = (more ? line.start : length) - start;
			file->content = pnstrdup(text + start, file->length);
		}
		if (!more)
			break;
		file = palloc0(sizeof(ZmSourceFile));
		file->name = pnstrdup(line.text + strlen(HEADING),
							  line.length - strlen(HEADING));
		start = line.next;
		files = lappend(files, file);
	}
	list_sort(files, compare_names);
	return each_name_once(files);
}

static int
compare_names(const ListCell *a, const ListCell *b)
{
	return strcmp(((const ZmSourceFile *) lfirst(a))->name,
				  ((const ZmSourceFile *) lfirst(b))->name);
}

static List *
each_name_once(List *files)
{
	List *once = NIL;
	ListCell *lc;

	foreach (lc, files)
	{
		ZmSourceFile *file = lfirst(lc);

		if (once == NIL ||
			strcmp(((ZmSourceFile *) llast(once))->name, file->name) != 0)
			once = lappend(once, file);
	}
	return once;
}

static void
try(const ZmImporter *importer, List *files)
{
	ZmPlaceholder placeholder = {"NAME", "two"};
	ZmHistory history = {0};

	history.files = files;
	history.placeholders = list_make1(&placeholder);
	if (importer->recognises)
		(void) importer->recognises(&history);
	importer->import(&history);
	check_findings(&history);
	check_revisions(&history);
}

static void
check_findings(const ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->findings)
	{
		const ZmFinding *finding = lfirst(lc);

		if (finding->file == NULL || finding->message == NULL)
			abort();
		zm_fuzz_check_place(history, finding->file, finding->line);
	}
}

void
zm_fuzz_check_place(const ZmHistory *history, const char *name, int number)
{
	const ZmSourceFile *file = zm_source_find(history, name);
	ZmLine line = {0};

	if (number < 0)
		abort();
	if (file == NULL)
		return;
	while (zm_next_line(file->content, file->length, &line))
		;
	if (number > line.number + 1)
		abort();
}

static void
check_revisions(const ZmHistory *history)
{
	const ZmRevisionFile *last = NULL;
	ListCell *lc;

	foreach (lc, history->revisions)
	{
		const ZmRevisionFile *revision = lfirst(lc);

		if (revision->revision[0] == '\0' || revision->upgrade == NULL ||
			revision->message == NULL || revision->name == NULL)
			abort();
		if (strpbrk(revision->revision, "@-+:, \t\n\r\f") != NULL)
			abort();
		if (last && strcmp(last->revision, revision->revision) == 0)
			abort();
		last = revision;
	}
}
