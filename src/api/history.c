/*
 * history.c
 *
 * Histories of other tools, on their way in.
 *
 * Rule: importers are given clean files, each name once and in order, and
 * what they find is told before anything is stored.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "api/history.h"
#include "compat.h"
#include "errors.h"
#include "util/directory.h"

/* So many findings are listed in an error's detail. */
#define MAX_LISTED 100

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static const ZmImporter *recognised(const ZmHistory *history);
pg_noreturn static void refuse_unknown(void);
static char *format_names(void);
static void put_in_order(ZmHistory *history);
static int compare_sources(const ListCell *a, const ListCell *b);
static void add_source(ZmHistory *history, const char *name,
					   const char *content, Size length);
static void name_file(void *arg);
static const char *printable(const char *name);
static void tell_findings(const ZmHistory *history, bool partial);
static void refuse_problems(const ZmHistory *history);
static char *place_of(const ZmFinding *finding);
static ZmPlaceholder *make_placeholder(const JsonbValue *key,
									   const JsonbValue *value);

void
zm_check_format(const char *format)
{
	if (strcmp(format, "auto") == 0 || strcmp(format, "native") == 0 ||
		zm_importer_find(format) != NULL)
		return;
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("unknown format \"%s\"", format),
					errhint("The formats are %s.", format_names())));
}

bool
zm_reads_native(const char *format, List *sources)
{
	ListCell *lc;

	if (strcmp(format, "auto") != 0)
		return strcmp(format, "native") == 0;
	foreach (lc, sources)
	{
		const ZmSourceFile *source = lfirst(lc);

		if (zm_is_revision_file(source->content, source->length))
			return true;
	}
	return false;
}

/* Scripts, and the files by which tools describe them. */
bool
zm_history_reads(const char *name)
{
	static const char *const suffixes[] = {
		".sql",	 ".psql", ".toml", ".json", ".conf",   ".plan",
		".yaml", ".yml",  ".xml",  ".sum",	".cypher", ".py"};

	for (int i = 0; i < lengthof(suffixes); i++)
	{
		if (zm_ends_with(name, suffixes[i]))
			return true;
	}
	return false;
}

void
zm_history_add_file(ZmHistory *history, const ZmFile *file)
{
	const char *name = printable(file->name);
	ErrorContextCallback callback = {
		.previous = error_context_stack,
		.callback = name_file,
		.arg = unconstify(char *, name),
	};

	if (strcmp(name, file->name) != 0)
		zm_finding(history, ZM_FINDING_PROBLEM, name, 0,
				   "the name is not valid in the encoding of the database");
	else if (file->is_link)
		zm_finding(history, ZM_FINDING_NOTE, name, 0,
				   "is a symbolic link, which is not followed");
	else if (file->content == NULL)
		add_source(history, name, "", 0);
	else if (!pg_verify_mbstr(PG_UTF8, file->content, file->length, true))
		zm_finding(history, ZM_FINDING_PROBLEM, name, 0,
				   "is not valid in UTF-8");
	else
	{
		char *content;

		error_context_stack = &callback;
		content = pg_any_to_server(file->content, file->length, PG_UTF8);
		error_context_stack = callback.previous;
		add_source(history, name, content, strlen(content));
	}
}

void
zm_history_add_text(ZmHistory *history, const char *name, const char *content)
{
	add_source(history, name, content, strlen(content));
}

void
zm_history_import(ZmHistory *history, const char *format, bool partial)
{
	const ZmImporter *importer;

	put_in_order(history);
	importer = strcmp(format, "auto") == 0 ? recognised(history)
										   : zm_importer_find(format);
	importer->import(history);
	tell_findings(history, partial);
	if (history->revisions == NIL)
		ereport(NOTICE, (errmsg("there are no migrations of \"%s\" here",
								importer->name)));
}

static const ZmImporter *
recognised(const ZmHistory *history)
{
	const ZmImporter *found = NULL;
	StringInfoData names;
	int n = 0;

	initStringInfo(&names);
	for (int i = 0; i < zm_importer_count; i++)
	{
		const ZmImporter *importer = zm_importers[i];

		CHECK_FOR_INTERRUPTS();
		if (importer->recognises == NULL || !importer->recognises(history))
			continue;
		appendStringInfo(&names, "%s\"%s\"", n > 0 ? ", " : "",
						 importer->name);
		found = importer;
		n++;
	}
	if (n == 0)
		refuse_unknown();
	if (n > 1)
		ereport(ERROR, (errcode(ERRCODE_ZM_INVALID_REVISION_FILE),
						errmsg("the files may be those of several tools"),
						errdetail("They look like those of %s.", names.data),
						errhint("Name one of these as the format.")));
	ereport(NOTICE,
			(errmsg("the files are taken for those of \"%s\"", found->name)));
	return found;
}

static void
refuse_unknown(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_ZM_INVALID_REVISION_FILE),
			 errmsg("the files are not recognised as those of any tool"),
			 errdetail("A native revision file has a line \"-- revision: "
					   "ID\" at its top."),
			 errhint("The formats are %s.", format_names())));
}

static char *
format_names(void)
{
	StringInfoData names;

	initStringInfo(&names);
	appendStringInfoString(&names, "\"auto\", \"native\"");
	for (int i = 0; i < zm_importer_count; i++)
		appendStringInfo(&names, "%s\"%s\"",
						 i == zm_importer_count - 1 ? " and " : ", ",
						 zm_importers[i]->name);
	return names.data;
}

static void
put_in_order(ZmHistory *history)
{
	const char *last = NULL;
	ListCell *lc;

	list_sort(history->files, compare_sources);
	foreach (lc, history->files)
	{
		const ZmSourceFile *source = lfirst(lc);

		if (last && strcmp(last, source->name) == 0)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("the file name \"%s\" comes twice", last)));
		last = source->name;
	}
}

static int
compare_sources(const ListCell *a, const ListCell *b)
{
	return strcmp(((const ZmSourceFile *) lfirst(a))->name,
				  ((const ZmSourceFile *) lfirst(b))->name);
}

static void
add_source(ZmHistory *history, const char *name, const char *content,
		   Size length)
{
	ZmSourceFile *source = palloc(sizeof(ZmSourceFile));

	if (GetDatabaseEncoding() == PG_UTF8 &&
		zm_starts_with(content, length, BYTE_ORDER_MARK))
	{
		content += strlen(BYTE_ORDER_MARK);
		length -= strlen(BYTE_ORDER_MARK);
	}
	source->name = strncmp(name, "./", 2) == 0 ? name + 2 : name;
	source->content = content;
	source->length = length;
	history->files = lappend(history->files, source);
}

/* Error context callback */
static void
name_file(void *arg)
{
	errcontext("file \"%s\"", (const char *) arg);
}

/* The name itself, or what can be shown of it. */
static const char *
printable(const char *name)
{
	char *shown;

	if (pg_verify_mbstr(GetDatabaseEncoding(), name, strlen(name), true))
		return name;
	shown = pstrdup(name);
	for (char *c = shown; *c; c++)
	{
		if (IS_HIGHBIT_SET(*c))
			*c = '?';
	}
	return shown;
}

static void
tell_findings(const ZmHistory *history, bool partial)
{
	ListCell *lc;
	int told = 0;

	if (history->problems > 0 && !partial)
		refuse_problems(history);
	foreach (lc, history->findings)
	{
		const ZmFinding *finding = lfirst(lc);

		ereport(finding->level == ZM_FINDING_NOTE ? NOTICE : WARNING,
				(finding->level == ZM_FINDING_NOTE
					 ? 0
					 : errcode(ERRCODE_ZM_INVALID_REVISION_FILE),
				 errmsg("%s: %s", place_of(finding), finding->message)));
		told++;
	}
	if (told < history->notes + history->problems)
		ereport(WARNING, (errmsg("there are %d more findings",
								 history->notes + history->problems - told)));
}

static void
refuse_problems(const ZmHistory *history)
{
	StringInfoData list;
	ListCell *lc;
	int listed = 0;

	initStringInfo(&list);
	foreach (lc, history->findings)
	{
		const ZmFinding *finding = lfirst(lc);

		if (finding->level != ZM_FINDING_PROBLEM || listed == MAX_LISTED)
			continue;
		appendStringInfo(&list, "%s%s: %s", listed > 0 ? "\n" : "",
						 place_of(finding), finding->message);
		listed++;
	}
	if (listed < history->problems)
		appendStringInfo(&list, "\nand %d more", history->problems - listed);
	ereport(ERROR,
			(errcode(ERRCODE_ZM_INVALID_REVISION_FILE),
			 errmsg_plural("the history has %d problem",
						   "the history has %d problems", history->problems,
						   history->problems),
			 errdetail_internal("%s", list.data),
			 errhint("Nothing was stored. Correct the files, or say partial "
					 "=> true to store what can be carried over.")));
}

static char *
place_of(const ZmFinding *finding)
{
	if (finding->line == 0)
		return psprintf("%s", finding->file);
	return psprintf("%s:%d", finding->file, finding->line);
}

List *
zm_arg_placeholders(FunctionCallInfo fcinfo, int n)
{
	List *placeholders = NIL;
	Jsonb *object;
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue key;
	JsonbValue value;

	if (PG_ARGISNULL(n))
		return NIL;
	object = PG_GETARG_JSONB_P(n);
	if (!JB_ROOT_IS_OBJECT(object))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("placeholders must be a JSON object")));
	iterator = JsonbIteratorInit(&object->root);
	while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE)
	{
		if (token != WJB_KEY)
			continue;
		(void) JsonbIteratorNext(&iterator, &value, true);
		placeholders = lappend(placeholders, make_placeholder(&key, &value));
	}
	return placeholders;
}

static ZmPlaceholder *
make_placeholder(const JsonbValue *key, const JsonbValue *value)
{
	ZmPlaceholder *placeholder = palloc(sizeof(ZmPlaceholder));

	placeholder->name = pnstrdup(key->val.string.val, key->val.string.len);
	switch (value->type)
	{
		case jbvString:
			placeholder->value =
				pnstrdup(value->val.string.val, value->val.string.len);
			break;
		case jbvNumeric:
			placeholder->value = DatumGetCString(DirectFunctionCall1(
				numeric_out, NumericGetDatum(value->val.numeric)));
			break;
		case jbvBool:
			placeholder->value = value->val.boolean ? "true" : "false";
			break;
		default:
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("the value of placeholder \"%s\" is not a "
								   "string",
								   placeholder->name)));
	}
	return placeholder;
}
