/*
 * flyway.c
 *
 * Histories of Flyway.
 *
 *		V1_10__create_users.sql		a version
 *		U1_10__create_users.sql		its way back
 *		R__views.sql				repeatable: after all versions
 *		B2__baseline.sql			stands for all versions up to its own
 *		V1_10__create_users.sql.conf
 *		afterMigrate.sql			a callback
 *
 * Versions are numbers with '.' or '_' between them, compared one by one;
 * what is missing counts as 0.  "${name}" stands for a value wherever it is
 * written.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "import/import.h"

typedef struct Migration
{
	const ZmSourceFile *file;
	char kind;			 /* V, U, R or B */
	const char *version; /* with '.'; "" for R */
	const char *title;
	Size title_length;
} Migration;

static const char *const callbacks[] = {"beforeMigrate",
										"beforeEachMigrate",
										"beforeRepeatables",
										"afterEachMigrate",
										"afterMigrate",
										"afterVersioned",
										"afterMigrateError",
										"afterEachMigrateError",
										"beforeClean",
										"afterClean",
										"beforeInfo",
										"afterInfo",
										"beforeValidate",
										"afterValidate",
										"beforeBaseline",
										"afterBaseline",
										"beforeRepair",
										"afterRepair",
										"beforeUndo",
										"afterUndo",
										"beforeEachUndo",
										"afterEachUndo",
										"beforeConnect",
										"afterConnect",
										"createSchema",
										"beforeCreateSchema",
										"afterMigrateApplied",
										"beforeEachMigrateStatement",
										"afterEachMigrateStatement"};

static bool recognises(const ZmHistory *history);
static void import(ZmHistory *history);
static Migration *read_name(const ZmSourceFile *file);
static bool is_callback(const char *name);
static int compare(const ListCell *a, const ListCell *b);
static int compare_versions(const char *a, const char *b);
static int rank(char kind);
static void add_all(ZmHistory *history, List *migrations);
static const Migration *find_baseline(List *migrations);
static const Migration *find_undo(List *undos, const char *version);
static int compare_version(const void *key, const void *element);
static void add(ZmHistory *history, const Migration *migration,
				const Migration *undo);
static ZmRawScript script_of(ZmHistory *history, const ZmSourceFile *file);
static bool replaces_placeholders(const ZmHistory *history,
								  const ZmSourceFile *file);
static void check_settings(ZmHistory *history, const ZmSourceFile *file);
static char *setting(const ZmHistory *history, const ZmSourceFile *file,
					 const char *name);
static const char *value_of(const ZmHistory *history, const ZmSourceFile *file,
							const char *name);

const ZmImporter zm_importer_flyway = {"flyway", recognises, import};

/* A version, as no other tool's names begin. */
static bool
recognises(const ZmHistory *history)
{
	ListCell *lc;

	foreach (lc, history->files)
	{
		const Migration *migration = read_name(lfirst(lc));

		if (migration && (migration->kind == 'V' || migration->kind == 'R') &&
			zm_ends_with(migration->file->name, ".sql"))
			return true;
	}
	return false;
}

static void
import(ZmHistory *history)
{
	List *migrations = NIL;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);
		Migration *migration = read_name(file);

		if (is_callback(zm_base_name(file->name)))
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "is a callback, which there is nothing like here");
		else if (migration && !zm_ends_with(file->name, ".sql"))
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "is a step in code");
		else if (migration)
			migrations = lappend(migrations, migration);
	}
	list_sort(migrations, compare);
	add_all(history, migrations);
}

/* NULL for what is none. */
static Migration *
read_name(const ZmSourceFile *file)
{
	const char *name = zm_base_name(file->name);
	const char *end = strstr(name, "__");
	const char *suffix = strrchr(name, '.');
	Migration *migration;
	char *version;

	if (end == NULL || suffix == NULL || suffix < end ||
		strchr("VURB", name[0]) == NULL || name[0] == '\0' ||
		!(zm_ends_with(name, ".sql") || zm_ends_with(name, ".java")))
		return NULL;
	if (strspn(name + 1, "0123456789._") < (Size) (end - name - 1) ||
		(name[0] == 'R') != (end == name + 1))
		return NULL;
	version = pnstrdup(name + 1, end - name - 1);
	for (char *c = version; *c; c++)
	{
		if (*c == '_')
			*c = '.';
	}
	migration = palloc(sizeof(Migration));
	migration->file = file;
	migration->kind = name[0];
	migration->version = version;
	migration->title = end + 2;
	migration->title_length = suffix - end - 2;
	return migration;
}

/* The event, and perhaps a description. */
static bool
is_callback(const char *name)
{
	for (int i = 0; i < (int) lengthof(callbacks); i++)
	{
		Size length = strlen(callbacks[i]);

		if (strncmp(name, callbacks[i], length) == 0 &&
			zm_ends_with(name, ".sql") &&
			(name[length] == '.' || strncmp(name + length, "__", 2) == 0))
			return true;
	}
	return false;
}

/* Versions, then what is repeatable; the other two beside their versions. */
static int
compare(const ListCell *a, const ListCell *b)
{
	const Migration *left = lfirst(a);
	const Migration *right = lfirst(b);
	int order = (left->kind == 'R') - (right->kind == 'R');

	if (order == 0)
		order = compare_versions(left->version, right->version);
	if (order == 0)
		order = rank(left->kind) - rank(right->kind);
	if (order == 0)
		order = strcmp(left->title, right->title);
	return order != 0 ? order : strcmp(left->file->name, right->file->name);
}

static int
compare_versions(const char *a, const char *b)
{
	while (*a || *b)
	{
		Size left = zm_leading_digits(a);
		Size right = zm_leading_digits(b);
		int order = zm_compare_digits(a, left, b, right);

		if (order != 0)
			return order;
		a += left + (a[left] == '.');
		b += right + (b[right] == '.');
	}
	return 0;
}

static int
rank(char kind)
{
	return kind == 'V' ? 0 : kind == 'U' ? 1 : 2;
}

static void
add_all(ZmHistory *history, List *migrations)
{
	const Migration *baseline = find_baseline(migrations);
	const Migration *last = NULL;
	List *undos = NIL;
	ListCell *lc;

	foreach (lc, migrations)
	{
		Migration *migration = lfirst(lc);

		if (migration->kind == 'U')
			undos = lappend(undos, migration);
	}
	foreach (lc, migrations)
	{
		const Migration *migration = lfirst(lc);
		bool below =
			baseline && migration != baseline && migration->kind != 'R' &&
			compare_versions(migration->version, baseline->version) <= 0;

		if (below)
			zm_finding(history, ZM_FINDING_NOTE, migration->file->name, 0,
					   "is left out: the baseline \"%s\" stands for it",
					   baseline->file->name);
		else if (migration->kind == 'B' && migration != baseline)
			zm_finding(history, ZM_FINDING_NOTE, migration->file->name, 0,
					   "stands for versions that are here, and is left out");
		else if (migration->kind == 'U')
		{
			if (last == NULL ||
				compare_versions(last->version, migration->version) != 0)
				zm_finding(history, ZM_FINDING_PROBLEM, migration->file->name,
						   0, "there is no version %s that it undoes",
						   migration->version);
		}
		else
		{
			if (last && last->kind == 'V' && migration->kind == 'V' &&
				compare_versions(last->version, migration->version) == 0)
				zm_finding(history, ZM_FINDING_PROBLEM, migration->file->name,
						   0, "has the version of \"%s\", too",
						   last->file->name);
			add(history, migration, find_undo(undos, migration->version));
			last = migration;
		}
	}
}

/*
 * The last one that is needed: where its own version is here, too, so are
 * those below, and databases that have run them one by one are to know them.
 * The migrations are in order, a version before its baseline.
 */
static const Migration *
find_baseline(List *migrations)
{
	const Migration *found = NULL;
	const Migration *last = NULL;
	ListCell *lc;

	foreach (lc, migrations)
	{
		const Migration *migration = lfirst(lc);

		if (migration->kind == 'V')
			last = migration;
		else if (migration->kind == 'B' &&
				 (last == NULL ||
				  compare_versions(last->version, migration->version) != 0))
			found = migration;
	}
	return found;
}

/* They are in order. */
static const Migration *
find_undo(List *undos, const char *version)
{
	return zm_find_in_order(undos, version, compare_version);
}

static int
compare_version(const void *key, const void *element)
{
	return compare_versions(key, ((const Migration *) element)->version);
}

static void
add(ZmHistory *history, const Migration *migration, const Migration *undo)
{
	ZmRawScript up = script_of(history, migration->file);
	ZmRawScript down;
	const char *id = migration->version;

	if (migration->kind == 'R')
	{
		id = psprintf("R__%.*s", (int) migration->title_length,
					  migration->title);
		undo = NULL;
		zm_finding(history, ZM_FINDING_NOTE, migration->file->name, 0,
				   "is repeatable: it runs once here, behind all versions, "
				   "and when it changes a new revision is needed");
	}
	if (undo)
		down = script_of(history, undo->file);
	zm_add_revision(
		history, migration->file->name, id,
		zm_words_of_slug(migration->title, migration->title_length), &up,
		undo ? &down : NULL);
}

/* With its placeholders replaced, and those that have no value found. */
static ZmRawScript
script_of(ZmHistory *history, const ZmSourceFile *file)
{
	ZmRawScript script = zm_whole_script(file);
	StringInfoData text;
	Size done = 0;
	ZmLine line = {0};

	check_settings(history, file);
	if (!replaces_placeholders(history, file))
		return script;
	initStringInfo(&text);
	while (zm_next_line(file->content, file->length, &line))
	{
		for (Size i = 0; i + 1 < line.length; i++)
		{
			const char *start = line.text + i;
			const char *end;
			const char *value;
			char *name;

			if (start[0] != '$' || start[1] != '{')
				continue;
			end = memchr(start, '}', line.length - i);
			if (end == NULL)
				break;
			name = pnstrdup(start + 2, end - start - 2);
			value = value_of(history, file, name);
			if (value == NULL)
				zm_finding(history, ZM_FINDING_PROBLEM, file->name,
						   line.number, "no value for the placeholder \"%s\"",
						   name);
			else
			{
				appendBinaryStringInfo(&text, file->content + done,
									   line.start + i - done);
				appendStringInfoString(&text, value);
				done = line.start + (end - line.text) + 1;
			}
			i = end - line.text;
		}
	}
	if (done > 0)
	{
		appendBinaryStringInfo(&text, file->content + done,
							   file->length - done);
		script.text = text.data;
		script.length = text.len;
	}
	return script;
}

/* Unless the file beside it says otherwise. */
static bool
replaces_placeholders(const ZmHistory *history, const ZmSourceFile *file)
{
	const char *value = setting(history, file, "placeholderReplacement");

	return value == NULL || pg_strcasecmp(value, "false") != 0;
}

/* Files were read as UTF-8. */
static void
check_settings(ZmHistory *history, const ZmSourceFile *file)
{
	const char *encoding = setting(history, file, "encoding");
	const char *should = setting(history, file, "shouldExecute");

	if (encoding && pg_char_to_encoding(encoding) != PG_UTF8)
	{
		for (Size i = 0; i < file->length; i++)
		{
			if (!IS_HIGHBIT_SET(file->content[i]))
				continue;
			zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
					   "is in the encoding \"%s\": write it in UTF-8",
					   encoding);
			break;
		}
	}
	if (should && pg_strcasecmp(should, "true") != 0)
		zm_finding(history, ZM_FINDING_PROBLEM, file->name, 0,
				   "runs only if %s, which there is nothing like here",
				   should);
}

/* Of the file beside the script; NULL: it has none with this name. */
static char *
setting(const ZmHistory *history, const ZmSourceFile *file, const char *name)
{
	const ZmSourceFile *conf =
		zm_source_find(history, psprintf("%s.conf", file->name));
	ZmLine line = {0};

	while (conf && zm_next_line(conf->content, conf->length, &line))
	{
		const char *equals = memchr(line.text, '=', line.length);
		Size length = equals ? equals - line.text : 0;
		const char *text = zm_trim(line.text, &length);

		if (!zm_is_text(text, length, name))
			continue;
		length = line.length - (equals + 1 - line.text);
		text = zm_trim(equals + 1, &length);
		return pnstrdup(text, length);
	}
	return NULL;
}

/* Names are the same in any case.  Of those that Flyway knows by itself only
 * the file's name is known here. */
static const char *
value_of(const ZmHistory *history, const ZmSourceFile *file, const char *name)
{
	ListCell *lc;

	foreach (lc, history->placeholders)
	{
		const ZmPlaceholder *placeholder = lfirst(lc);

		if (pg_strcasecmp(placeholder->name, name) == 0)
			return placeholder->value;
	}
	if (pg_strcasecmp(name, "flyway:filename") == 0)
		return zm_base_name(file->name);
	return NULL;
}
