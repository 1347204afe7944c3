/*
 * directory.c
 *
 * Files in a directory of the server.
 *
 * Rule: names sort as bytes, whatever the locale, so that the same files come
 * in the same order everywhere.
 */
#include "postgres.h"

#include <sys/stat.h>

#include "miscadmin.h"
#include "storage/fd.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "util/directory.h"

#define MAX_DEPTH 16

static void read_below(const char *path, const char *prefix, int depth,
					   bool (*wanted)(const char *name), List **files);
static int compare_files(const ListCell *a, const ListCell *b);
static List *list_names(const char *path, const char *suffix);
static bool is_wanted(const char *path, const char *name, const char *suffix);
static bool is_regular_file(const char *path);
static int compare_names(const ListCell *a, const ListCell *b);
static ZmFile *read_one(const char *directory, char *name);

List *
zm_read_directory(const char *path, const char *suffix)
{
	List *files = NIL;
	ListCell *lc;

	foreach (lc, list_names(path, suffix))
	{
		CHECK_FOR_INTERRUPTS();
		files = lappend(files, read_one(path, lfirst(lc)));
	}
	return files;
}

List *
zm_read_tree(const char *path, bool (*wanted)(const char *name))
{
	List *files = NIL;

	read_below(path, "", 0, wanted, &files);
	list_sort(files, compare_files);
	return files;
}

/* No directory is open while one below it is read. */
static void
read_below(const char *path, const char *prefix, int depth,
		   bool (*wanted)(const char *name), List **files)
{
	ListCell *lc;

	if (depth > MAX_DEPTH)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("directory \"%s/%s\" is nested too deeply",
							   path, prefix),
						errdetail("At most %d directories may stand in one "
								  "another.",
								  MAX_DEPTH)));
	foreach (lc, list_names(psprintf("%s/%s", path, prefix), NULL))
	{
		char *name = psprintf("%s%s", prefix, (char *) lfirst(lc));
		char *whole = psprintf("%s/%s", path, name);
		struct stat status;
		ZmFile *file;

		CHECK_FOR_INTERRUPTS();
		if (lstat(whole, &status) != 0)
			ereport(ERROR, (errcode_for_file_access(),
							errmsg("could not stat file \"%s\": %m", whole)));
		if (S_ISDIR(status.st_mode))
		{
			read_below(path, psprintf("%s/", name), depth + 1, wanted, files);
			continue;
		}
		if (S_ISREG(status.st_mode) && wanted(name))
			file = read_one(path, name);
		else if (S_ISREG(status.st_mode) || S_ISLNK(status.st_mode))
		{
			file = palloc0(sizeof(ZmFile));
			file->name = name;
			file->is_link = S_ISLNK(status.st_mode);
		}
		else
			continue;
		*files = lappend(*files, file);
	}
}

static int
compare_files(const ListCell *a, const ListCell *b)
{
	return strcmp(((const ZmFile *) lfirst(a))->name,
				  ((const ZmFile *) lfirst(b))->name);
}

/* Of regular files with this suffix, or of everything. */
static List *
list_names(const char *path, const char *suffix)
{
	DIR *dir = AllocateDir(path);
	struct dirent *entry;
	List *names = NIL;

	while ((entry = ReadDir(dir, path)) != NULL)
	{
		if (entry->d_name[0] != '.' &&
			(suffix == NULL || is_wanted(path, entry->d_name, suffix)))
			names = lappend(names, pstrdup(entry->d_name));
	}
	FreeDir(dir);
	list_sort(names, compare_names);
	return names;
}

static bool
is_wanted(const char *path, const char *name, const char *suffix)
{
	Size length = strlen(name);
	Size tail = strlen(suffix);

	return length > tail && strcmp(name + length - tail, suffix) == 0 &&
		   is_regular_file(psprintf("%s/%s", path, name));
}

static bool
is_regular_file(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		ereport(ERROR, (errcode_for_file_access(),
						errmsg("could not stat file \"%s\": %m", path)));
	return S_ISREG(status.st_mode);
}

static int
compare_names(const ListCell *a, const ListCell *b)
{
	return strcmp(lfirst(a), lfirst(b));
}

static ZmFile *
read_one(const char *directory, char *name)
{
	char *path = psprintf("%s/%s", directory, name);
	ZmFile *result = palloc0(sizeof(ZmFile));
	struct stat status;
	FILE *file;

	file = AllocateFile(path, PG_BINARY_R);
	if (file == NULL)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not open file \"%s\" for reading: %m", path)));
	if (fstat(fileno(file), &status) != 0)
		ereport(ERROR, (errcode_for_file_access(),
						errmsg("could not stat file \"%s\": %m", path)));
	if (status.st_size >= MaxAllocSize)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("file \"%s\" is too large", path)));

	result->name = name;
	result->content = palloc(status.st_size + 1);
	result->length = fread(result->content, 1, status.st_size, file);
	if (ferror(file))
		ereport(ERROR, (errcode_for_file_access(),
						errmsg("could not read file \"%s\": %m", path)));
	result->content[result->length] = '\0';
	FreeFile(file);
	return result;
}
