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

static List *list_names(const char *path, const char *suffix);
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

static List *
list_names(const char *path, const char *suffix)
{
	DIR *dir = AllocateDir(path);
	struct dirent *entry;
	List *names = NIL;

	while ((entry = ReadDir(dir, path)) != NULL)
	{
		Size length = strlen(entry->d_name);
		Size tail = strlen(suffix);

		if (length > tail && entry->d_name[0] != '.' &&
			strcmp(entry->d_name + length - tail, suffix) == 0 &&
			is_regular_file(psprintf("%s/%s", path, entry->d_name)))
			names = lappend(names, pstrdup(entry->d_name));
	}
	FreeDir(dir);
	list_sort(names, compare_names);
	return names;
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
	ZmFile *result = palloc(sizeof(ZmFile));
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
