/*
 * names.c
 *
 * Names of the files of a history.
 *
 * Rule: a name is bytes; only ASCII digits, '/', '_' and '-' mean something.
 */
#include "postgres.h"

#include "import/import.h"

static void skip_zeros(const char **digits, Size *length);

const char *
zm_base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *
zm_directory_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? pnstrdup(path, slash - path) : pstrdup("");
}

bool
zm_ends_with(const char *name, const char *suffix)
{
	Size length = strlen(name);
	Size tail = strlen(suffix);

	return length >= tail && strcmp(name + length - tail, suffix) == 0;
}

Size
zm_leading_digits(const char *name)
{
	return strspn(name, "0123456789");
}

bool
zm_is_numbered(const ZmSourceFile *file)
{
	return zm_leading_digits(zm_base_name(file->name)) > 0;
}

char *
zm_words_of_slug(const char *slug, Size length)
{
	char *words = pnstrdup(slug, length);

	for (char *c = words; *c; c++)
	{
		if (*c == '_' || *c == '-')
			*c = ' ';
	}
	return words;
}

int
zm_compare_digits(const char *a, Size alength, const char *b, Size blength)
{
	skip_zeros(&a, &alength);
	skip_zeros(&b, &blength);
	if (alength != blength)
		return alength < blength ? -1 : 1;
	return memcmp(a, b, alength);
}

static void
skip_zeros(const char **digits, Size *length)
{
	while (*length > 0 && **digits == '0')
	{
		(*digits)++;
		(*length)--;
	}
}
