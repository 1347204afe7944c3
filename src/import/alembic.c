/*
 * alembic.c
 *
 * Histories of Alembic, as it prints them.
 *
 *		alembic upgrade head --sql > upgrade.sql
 *		alembic downgrade head:base --sql > downgrade.sql
 *
 *		-- Running upgrade a1, b2 -> c3
 *
 *		DROP TABLE ...;
 *
 *		UPDATE alembic_version SET version_num='c3' WHERE ...;
 *
 * The comments tell ids and parents.  A dependency is in none of them; it
 * shows in a version row that goes though it is no parent's, unless that had
 * gone before.  So revisions' own files in Python may be there, too: they tell
 * dependencies and labels, and what runs is what was printed.  Statements on
 * the version table are left out, and so is every BEGIN and COMMIT, which
 * Alembic prints for itself: what can run in a transaction is found out here.
 *
 * Rule: the comments count only where the server's scanner sees no statement.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "import/import.h"
#include "script/check.h"
#include "script/parse.h"
#include "script/split.h"

#define UPGRADE "-- Running upgrade "
#define DOWNGRADE "-- Running downgrade "
#define ARROW " -> "
#define VERSION_TABLE "alembic_version"

/* One step of one direction. */
typedef struct Step
{
	bool up;
	char *id;
	List *parents; /* of char * */
	char *message;
	List *gone; /* of char *: version rows that an upgrade takes away */
	int order;
	ZmRawScript script;
} Step;

/* A revision's file in Python. */
typedef struct Description
{
	const ZmSourceFile *file;
	const char *id;
	List *depends_on; /* of char *, as they are written */
	List *labels;	  /* likewise */
} Description;

/* A file being read. */
typedef struct Reader
{
	ZmHistory *history;
	const ZmSourceFile *file;
	MemoryContext context; /* where results go */
	ZmScript *script;
	List **steps;
	Step *step;	  /* NULL above the first one */
	Size start;	  /* of the part of its script that is not taken yet */
	Size reached; /* behind the last statement */
	StringInfoData text;

	/* Lines counted so far. */
	int line;
	Size counted;
} Reader;

/* A statement being looked at. */
typedef struct Reading
{
	Reader *reader;
	const char *text;
	bool left_out;
	char *gone; /* in the context of the reader */
} Reading;

static bool recognises(const ZmHistory *history);
static bool is_mark(const ZmSourceFile *file, const ZmLine *line);
static void import(ZmHistory *history);
static void describe(const ZmSourceFile *file, List **descriptions);
static bool is_package(const ZmSourceFile *file);
static int compare_descriptions(const ListCell *a, const ListCell *b);
static int compare_description(const void *key, const void *element);
static const char *id_of_dependency(List *descriptions, const char *name);
static void read_file(ZmHistory *history, const ZmSourceFile *file,
					  List **steps);
static void read_statements(void *arg);
static void read_gap(Reader *reader, Size start, Size end);
static void take_until(Reader *reader, Size end);
static void leave_out(Reader *reader, Size start, Size end);
static void finish_step(Reader *reader, Size end);
static void begin_step(Reader *reader, const char *text, Size length, bool up,
					   int line);
static List *split_ids(const char *text, Size length);
static void tell_run_together(Reader *reader, const ZmStatement *statement);
static bool may_be_own(const char *text);
static void look(void *arg);
static bool is_version_table(const RangeVar *relation);
static char *literal_of_where(Node *where);
static int line_of(Reader *reader, Size offset);
static int compare(const ListCell *a, const ListCell *b);
static const Step *find_step(List *steps, const char *id);
static int compare_id(const void *key, const void *element);
static void add(ZmHistory *history, const Step *up, const Step *down,
				List *descriptions);
static void add_dependency(ZmRevisionFile *revision, const char *id);
static bool has_string(List *list, const char *string);

const ZmImporter zm_importer_alembic = {"alembic", recognises, import};

static bool
recognises(const ZmHistory *history)
{
	return zm_has_line(history, is_mark);
}

static bool
is_mark(const ZmSourceFile *file, const ZmLine *line)
{
	return zm_starts_with(line->text, line->length, UPGRADE) ||
		   zm_starts_with(line->text, line->length, DOWNGRADE);
}

static void
import(ZmHistory *history)
{
	List *steps = NIL;
	List *downgrades = NIL;
	List *upgrades = NIL;
	List *descriptions = NIL;
	ListCell *lc;

	foreach (lc, history->files)
	{
		const ZmSourceFile *file = lfirst(lc);

		if (zm_ends_with(file->name, ".sql"))
			read_file(history, file, &steps);
		else if (zm_ends_with(file->name, ".py"))
			describe(file, &descriptions);
	}
	list_sort(descriptions, compare_descriptions);
	foreach (lc, steps)
	{
		Step *step = lfirst(lc);

		step->order = foreach_current_index(lc);
		if (step->up)
			upgrades = lappend(upgrades, step);
		else
			downgrades = lappend(downgrades, step);
	}
	list_sort(downgrades, compare);
	foreach (lc, upgrades)
	{
		const Step *up = lfirst(lc);

		add(history, up, find_step(downgrades, up->id), descriptions);
	}
	list_sort(upgrades, compare);
	foreach (lc, downgrades)
	{
		const Step *down = lfirst(lc);

		if (find_step(upgrades, down->id) == NULL)
			zm_finding(history, ZM_FINDING_PROBLEM, down->script.file,
					   down->script.line - 1, "there is no upgrade of \"%s\"",
					   down->id);
	}
	foreach (lc, descriptions)
	{
		const Description *description = lfirst(lc);

		if (find_step(upgrades, description->id) == NULL)
			zm_finding(history, ZM_FINDING_PROBLEM, description->file->name, 0,
					   "a step in Python: give what \"alembic upgrade head "
					   "--sql\" prints");
	}
}

/* Others than revisions' have no "revision"; but what may not be read is
 * taken for one's. */
static void
describe(const ZmSourceFile *file, List **descriptions)
{
	List *ids = zm_python_strings(file, "revision");
	Description *description;

	if (list_length(ids) != 1 && (file->length > 0 || is_package(file)))
		return;
	description = palloc(sizeof(Description));
	description->file = file;
	description->id = ids == NIL ? "" : linitial(ids);
	description->depends_on = zm_python_strings(file, "depends_on");
	description->labels = zm_python_strings(file, "branch_labels");
	*descriptions = lappend(*descriptions, description);
}

static bool
is_package(const ZmSourceFile *file)
{
	return strcmp(zm_base_name(file->name), "__init__.py") == 0;
}

static int
compare_descriptions(const ListCell *a, const ListCell *b)
{
	return compare_description(((const Description *) lfirst(a))->id,
							   lfirst(b));
}

static int
compare_description(const void *key, const void *element)
{
	return strcmp(key, ((const Description *) element)->id);
}

/* An id, a label, or the beginning of one id; else as it is written. */
static const char *
id_of_dependency(List *descriptions, const char *name)
{
	const char *found = NULL;
	int n = 0;
	ListCell *lc;

	if (zm_find_in_order(descriptions, name, compare_description) != NULL)
		return name;
	foreach (lc, descriptions)
	{
		const Description *description = lfirst(lc);

		if (has_string(description->labels, name))
			return description->id;
		if (strncmp(description->id, name, strlen(name)) == 0)
		{
			found = description->id;
			n++;
		}
	}
	return n == 1 ? found : name;
}

static void
read_file(ZmHistory *history, const ZmSourceFile *file, List **steps)
{
	Reader reader = {
		.history = history, .file = file, .steps = steps, .line = 1};

	reader.context = CurrentMemoryContext;
	reader.script = zm_script_from_cstring(file->content, file->length);
	if (zm_catch_fault(read_statements, &reader) != NULL)
	{
		zm_finding(history, ZM_FINDING_PROBLEM, file->name,
				   line_of(&reader, reader.reached),
				   "what follows cannot be cut into statements");
		finish_step(&reader, file->length);
	}
}

static void
read_statements(void *arg)
{
	Reader *reader = arg;
	ZmSplitter *splitter = zm_splitter_create(reader->script);
	ZmStatement statement;

	while (zm_splitter_next(splitter, &statement))
	{
		Reading reading = {.reader = reader, .text = statement.text};

		CHECK_FOR_INTERRUPTS();
		read_gap(reader, reader->reached, statement.start);
		reader->reached = zm_splitter_position(splitter);
		if (may_be_own(statement.text) &&
			zm_catch_fault(look, &reading) != NULL)
			tell_run_together(reader, &statement);
		if (!reading.left_out)
			continue;
		leave_out(reader, statement.start, reader->reached);
		if (reading.gone && reader->step)
		{
			MemoryContext old = MemoryContextSwitchTo(reader->context);

			reader->step->gone = lappend(reader->step->gone, reading.gone);
			MemoryContextSwitchTo(old);
		}
	}
	read_gap(reader, reader->reached, reader->script->length);
	finish_step(reader, reader->script->length);
}

/* Comments between two statements. */
static void
read_gap(Reader *reader, Size start, Size end)
{
	ZmLine line = {.next = start};

	while (zm_next_line(reader->script->text, end, &line))
	{
		bool up = zm_starts_with(line.text, line.length, UPGRADE);
		Size prefix = strlen(up ? UPGRADE : DOWNGRADE);

		if (!up && !zm_starts_with(line.text, line.length, DOWNGRADE))
			continue;
		finish_step(reader, line.start);
		reader->start = line.next;
		begin_step(reader, line.text + prefix, line.length - prefix, up,
				   line_of(reader, line.next));
	}
}

static void
take_until(Reader *reader, Size end)
{
	if (reader->step && end > reader->start)
		appendBinaryStringInfo(&reader->text,
							   reader->script->text + reader->start,
							   end - reader->start);
	reader->start = end;
}

/* Its line feeds stay, so that lines can be told. */
static void
leave_out(Reader *reader, Size start, Size end)
{
	take_until(reader, start);
	for (Size i = start; i < end && reader->step; i++)
	{
		if (reader->script->text[i] == '\n')
			appendStringInfoChar(&reader->text, '\n');
	}
	reader->start = end;
}

static void
finish_step(Reader *reader, Size end)
{
	if (reader->step == NULL)
		return;
	take_until(reader, end);
	reader->step->script.text = reader->text.data;
	reader->step->script.length = reader->text.len;
	reader->step = NULL;
}

/* "a, b -> c" and perhaps ", message"; going down, "c -> a, b". */
static void
begin_step(Reader *reader, const char *text, Size length, bool up, int line)
{
	MemoryContext old = MemoryContextSwitchTo(reader->context);
	Size arrow = 0;
	const char *right;
	Size nright;
	Size id;
	Step *step;

	while (arrow + strlen(ARROW) <= length &&
		   memcmp(text + arrow, ARROW, strlen(ARROW)) != 0)
		arrow++;
	if (arrow + strlen(ARROW) > length)
	{
		/* To base: the line ends with the arrow, and its blank may be lost. */
		arrow = length;
		while (arrow > 0 && (text[arrow - 1] == '>' ||
							 text[arrow - 1] == '-' || text[arrow - 1] == ' '))
			arrow--;
		right = "";
		nright = 0;
	}
	else
	{
		right = text + arrow + strlen(ARROW);
		nright = length - arrow - strlen(ARROW);
	}

	step = palloc0(sizeof(Step));
	step->up = up;
	step->message = "";
	step->script.file = reader->file->name;
	step->script.line = line;
	if (up)
	{
		for (id = 0; id < nright && right[id] != ','; id++)
			;
		step->id = pnstrdup(right, id);
		if (id < nright)
		{
			Size rest = nright - id - 1;
			const char *message = zm_trim(right + id + 1, &rest);

			step->message = pnstrdup(message, rest);
		}
		step->parents = split_ids(text, arrow);
	}
	else
		step->id = pnstrdup(text, arrow);
	*reader->steps = lappend(*reader->steps, step);
	reader->step = step;
	initStringInfo(&reader->text);
	MemoryContextSwitchTo(old);
}

static List *
split_ids(const char *text, Size length)
{
	List *ids = NIL;
	Size at = 0;

	while (at < length)
	{
		Size end = at;
		Size n;
		const char *id;

		while (end < length && text[end] != ',')
			end++;
		n = end - at;
		id = zm_trim(text + at, &n);
		if (n > 0)
			ids = lappend(ids, pnstrdup(id, n));
		at = end + 1;
	}
	return ids;
}

/*
 * Alembic adds a semicolon to each statement; behind a comment it is lost, and
 * the statement goes on into the next one.
 */
static void
tell_run_together(Reader *reader, const ZmStatement *statement)
{
	MemoryContext old = MemoryContextSwitchTo(reader->context);

	zm_finding(reader->history, ZM_FINDING_PROBLEM, reader->file->name,
			   statement->line,
			   "a statement that cannot be read; does it end with a comment, "
			   "in which its semicolon is lost?");
	MemoryContextSwitchTo(old);
}

/* Most need not be parsed. */
static bool
may_be_own(const char *text)
{
	return strstr(text, VERSION_TABLE) != NULL ||
		   pg_strncasecmp(text, "BEGIN", 5) == 0 ||
		   pg_strncasecmp(text, "START", 5) == 0 ||
		   pg_strncasecmp(text, "COMMIT", 6) == 0;
}

/* Is the statement Alembic's own?  And which version row does it end? */
static void
look(void *arg)
{
	Reading *reading = arg;
	RawStmt *raw = zm_parse(reading->text);
	Node *where = NULL;
	char *gone;

	if (raw == NULL)
		return;
	switch (nodeTag(raw->stmt))
	{
		case T_TransactionStmt:
		{
			TransactionStmtKind kind = ((TransactionStmt *) raw->stmt)->kind;

			reading->left_out = kind == TRANS_STMT_BEGIN ||
								kind == TRANS_STMT_START ||
								kind == TRANS_STMT_COMMIT;
			return;
		}
		case T_CreateStmt:
			reading->left_out =
				is_version_table(((CreateStmt *) raw->stmt)->relation);
			return;
		case T_InsertStmt:
			reading->left_out =
				is_version_table(((InsertStmt *) raw->stmt)->relation);
			return;
		case T_DropStmt:
		{
			DropStmt *drop = (DropStmt *) raw->stmt;

			reading->left_out = drop->removeType == OBJECT_TABLE &&
								list_length(drop->objects) == 1 &&
								strcmp(strVal(llast(linitial(drop->objects))),
									   VERSION_TABLE) == 0;
			return;
		}
		case T_UpdateStmt:
			reading->left_out =
				is_version_table(((UpdateStmt *) raw->stmt)->relation);
			where = ((UpdateStmt *) raw->stmt)->whereClause;
			break;
		case T_DeleteStmt:
			reading->left_out =
				is_version_table(((DeleteStmt *) raw->stmt)->relation);
			where = ((DeleteStmt *) raw->stmt)->whereClause;
			break;
		default:
			return;
	}
	gone = reading->left_out ? literal_of_where(where) : NULL;
	if (gone)
		reading->gone = MemoryContextStrdup(reading->reader->context, gone);
}

static bool
is_version_table(const RangeVar *relation)
{
	return strcmp(relation->relname, VERSION_TABLE) == 0;
}

/* WHERE alembic_version.version_num = 'a1' */
static char *
literal_of_where(Node *where)
{
	Node *right;

	if (where == NULL || !IsA(where, A_Expr))
		return NULL;
	right = ((A_Expr *) where)->rexpr;
	if (right == NULL || !IsA(right, A_Const) || ((A_Const *) right)->isnull ||
		!IsA(&((A_Const *) right)->val, String))
		return NULL;
	return strVal(&((A_Const *) right)->val);
}

/* Only for findings and starts of steps, which come in order. */
static int
line_of(Reader *reader, Size offset)
{
	const char *text = reader->script->text;
	const char *at = text + reader->counted;

	while ((at = memchr(at, '\n', text + offset - at)) != NULL)
	{
		at++;
		reader->line++;
	}
	reader->counted = offset;
	return reader->line;
}

/* By id, then as they came. */
static int
compare(const ListCell *a, const ListCell *b)
{
	const Step *left = lfirst(a);
	const Step *right = lfirst(b);
	int order = strcmp(left->id, right->id);

	return order != 0 ? order : left->order - right->order;
}

/* In steps that are in order. */
static const Step *
find_step(List *steps, const char *id)
{
	return zm_find_in_order(steps, id, compare_id);
}

static int
compare_id(const void *key, const void *element)
{
	return strcmp(key, ((const Step *) element)->id);
}

static void
add(ZmHistory *history, const Step *up, const Step *down, List *descriptions)
{
	ZmRevisionFile *revision =
		zm_add_revision(history, up->script.file, up->id, up->message,
						&up->script, down ? &down->script : NULL);
	const Description *description =
		zm_find_in_order(descriptions, up->id, compare_description);
	ListCell *lc;

	if (down == NULL)
		zm_finding(
			history, ZM_FINDING_NOTE, up->script.file, up->script.line - 1,
			"there is no downgrade of \"%s\": it cannot be reverted", up->id);
	revision->revises = NIL;
	foreach (lc, up->parents)
		revision->revises =
			lappend(revision->revises, zm_legal_id(lfirst(lc)));
	foreach (lc, description ? NIL : up->gone)
		add_dependency(revision, lfirst(lc));
	if (description == NULL)
		return;
	foreach (lc, description->depends_on)
		add_dependency(revision, id_of_dependency(descriptions, lfirst(lc)));
	foreach (lc, description->labels)
		revision->branch_labels =
			lappend(revision->branch_labels, zm_legal_id(lfirst(lc)));
}

static void
add_dependency(ZmRevisionFile *revision, const char *id)
{
	char *legal = zm_legal_id(id);

	if (!has_string(revision->revises, legal) &&
		!has_string(revision->depends_on, legal))
		revision->depends_on = lappend(revision->depends_on, legal);
}

static bool
has_string(List *list, const char *string)
{
	ListCell *lc;

	foreach (lc, list)
	{
		if (strcmp(lfirst(lc), string) == 0)
			return true;
	}
	return false;
}
