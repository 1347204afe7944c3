/*
 * sqitch.c
 *
 * Histories of Sqitch.
 *
 *		sqitch.conf
 *		sqitch.plan
 *		deploy/users.sql  revert/users.sql  verify/users.sql
 *		deploy/users@v1.0.sql ...
 *
 * The plan is the order.  A change that is there again behind a tag was
 * reworked: the scripts of the older one have the name of a tag between the
 * two.  Dependencies must stand above; tags become labels of the change that
 * they stand behind; verify scripts are kept as comments below the way up.
 */
#include "postgres.h"

#include <ctype.h>

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "import/import.h"

typedef struct Change
{
	char *name;
	char *note;
	char *planned; /* time, or NULL */
	int line;
	int nth;			 /* in the plan */
	struct Change *next; /* of this name, or NULL */
	List *tags;			 /* of char *: those behind it */
	List *labels;		 /* they as labels */
} Change;

/* What the plan's lines have told so far. */
typedef struct Plan
{
	const ZmSourceFile *file;
	List *changes;	 /* of Change * */
	ZmIndex *names;	 /* the last change of a name */
	ZmIndex *tags;	 /* the change before a tag */
	ZmIndex *labels; /* likewise */
} Plan;

typedef struct Layout
{
	const ZmSourceFile *plan;
	const char *top; /* "" or with a '/' at its end */
	const char *extension;
	const char *deploy;
	const char *revert;
	const char *verify;
} Layout;

static bool recognises(const ZmHistory *history);
static void import(ZmHistory *history);
static void drop_labels_named_as_changes(ZmHistory *history);
static bool find_layout(const ZmHistory *history, Layout *layout);
static char *setting(const ZmSourceFile *conf, const char *section,
					 const char *key, const char *otherwise);
static char *directory_setting(const ZmSourceFile *conf, const char *key,
							   const char *top, const char *otherwise);
static char *plain_path(char *path);
static Plan read_plan(ZmHistory *history, const ZmSourceFile *file);
static void read_plan_line(ZmHistory *history, Plan *plan, const ZmLine *line);
static void add_tag(ZmHistory *history, Plan *plan, int line, char *tag);
static void add_change(Plan *plan, Change *change);
static bool is_time(const char *text);
static int days_of_month(int year, int month);
static Change *read_change(const ZmLine *line, const char *text, Size length,
						   const char **needs, Size *needs_length);
static void check_needs(ZmHistory *history, const Plan *plan,
						const Change *change, const char *needs, Size length);
static const Change *find_change(const Plan *plan, const char *name,
								 Size length);
static Size word_length(const char *text, Size length);
static char *unescape(const char *text, Size length);
static void add(ZmHistory *history, const Layout *layout, List *changes,
				int nth);
static const char *suffix_of(const ZmHistory *history, const Layout *layout,
							 List *changes, int nth);
static const ZmSourceFile *script(const ZmHistory *history,
								  const Layout *layout, const char *directory,
								  const char *name, const char *suffix);
static char *with_verification(const ZmSourceFile *deploy,
							   const ZmSourceFile *verify);

const ZmImporter zm_importer_sqitch = {"sqitch", recognises, import};

static bool
recognises(const ZmHistory *history)
{
	Layout layout;

	return find_layout(history, &layout);
}

static void
import(ZmHistory *history)
{
	Layout layout;
	Plan plan;

	if (!find_layout(history, &layout))
	{
		zm_finding(history, ZM_FINDING_PROBLEM, "sqitch.plan", 0,
				   "is missing");
		return;
	}
	plan = read_plan(history, layout.plan);
	for (int i = 0; i < list_length(plan.changes); i++)
		add(history, &layout, plan.changes, i);
	drop_labels_named_as_changes(history);
}

/* A label that is the name of a revision, too, could not be told from it. */
static void
drop_labels_named_as_changes(ZmHistory *history)
{
	ListCell *lc;

	if (history->ids == NULL)
		return;
	foreach (lc, history->revisions)
	{
		ZmRevisionFile *revision = lfirst(lc);
		List *labels = NIL;
		ListCell *label;

		CHECK_FOR_INTERRUPTS();
		foreach (label, revision->branch_labels)
		{
			if (zm_index_find(history->ids, lfirst(label)) == NULL)
				labels = lappend(labels, lfirst(label));
			else
				zm_finding(history, ZM_FINDING_NOTE, revision->name, 0,
						   "the tag \"%s\" is left out, for a change has "
						   "that name",
						   (char *) lfirst(label));
		}
		revision->branch_labels = labels;
	}
}

/* The plan is in the top directory, which the configuration may tell. */
static bool
find_layout(const ZmHistory *history, Layout *layout)
{
	const ZmSourceFile *conf = zm_source_find(history, "sqitch.conf");
	char *top = plain_path(setting(conf, "core", "top_dir", "."));

	layout->top = *top == '\0' ? "" : psprintf("%s/", top);
	layout->extension = setting(conf, "core", "extension", "sql");
	layout->deploy =
		directory_setting(conf, "deploy_dir", layout->top, "deploy");
	layout->revert =
		directory_setting(conf, "revert_dir", layout->top, "revert");
	layout->verify =
		directory_setting(conf, "verify_dir", layout->top, "verify");
	layout->plan = zm_source_find(
		history, plain_path(setting(conf, "core", "plan_file",
									psprintf("%ssqitch.plan", layout->top))));
	return layout->plan != NULL;
}

/* Of a file as Git's configuration: [section] and key = value. */
static char *
setting(const ZmSourceFile *conf, const char *section, const char *key,
		const char *otherwise)
{
	bool inside = false;
	ZmLine line = {0};

	while (conf && zm_next_line(conf->content, conf->length, &line))
	{
		Size length = line.length;
		const char *text = zm_trim(line.text, &length);
		const char *equals = memchr(text, '=', length);
		Size n;

		if (length > 0 && *text == '[')
			inside = zm_is_text(text, length, psprintf("[%s]", section));
		if (!inside || equals == NULL)
			continue;
		n = equals - text;
		text = zm_trim(text, &n);
		if (!zm_is_text(text, n, key))
			continue;
		n = line.text + line.length - (equals + 1);
		text = zm_trim(equals + 1, &n);
		if (n > 1 && *text == '"' && text[n - 1] == '"')
			return pnstrdup(text + 1, n - 2);
		return pnstrdup(text, n);
	}
	return pstrdup(otherwise);
}

static char *
directory_setting(const ZmSourceFile *conf, const char *key, const char *top,
				  const char *otherwise)
{
	return plain_path(
		setting(conf, "core", key, psprintf("%s%s", top, otherwise)));
}

/* "./db/" as "db", "." as "" */
static char *
plain_path(char *path)
{
	Size length;

	while (path[0] == '.' && (path[1] == '/' || path[1] == '\0'))
		path += path[1] == '/' ? 2 : 1;
	length = strlen(path);
	while (length > 0 && path[length - 1] == '/')
		path[--length] = '\0';
	return path;
}

static Plan
read_plan(ZmHistory *history, const ZmSourceFile *file)
{
	int expected = list_length(history->files);
	Plan plan = {file, NIL, zm_index_create(expected),
				 zm_index_create(expected), zm_index_create(expected)};
	ZmLine line = {0};

	while (zm_next_line(file->content, file->length, &line))
		read_plan_line(history, &plan, &line);
	return plan;
}

/* A pragma, a comment, a tag or a change. */
static void
read_plan_line(ZmHistory *history, Plan *plan, const ZmLine *line)
{
	const char *file = plan->file->name;
	Size length = line->length;
	const char *text = zm_trim(line->text, &length);
	const char *needs;
	Size needs_length;
	Change *change;

	CHECK_FOR_INTERRUPTS();
	if (length == 0 || *text == '#' || *text == '%')
		return;
	if (*text == '@')
	{
		if (plan->changes == NIL)
			zm_finding(history, ZM_FINDING_PROBLEM, file, line->number,
					   "a tag before the first change");
		else
			add_tag(history, plan, line->number,
					pnstrdup(text + 1, word_length(text, length) - 1));
		return;
	}
	if (*text == '-')
	{
		zm_finding(history, ZM_FINDING_PROBLEM, file, line->number,
				   "a change is taken back by the plan");
		return;
	}
	if (*text == '+')
	{
		length--;
		text = zm_trim(text + 1, &length);
	}
	change = read_change(line, text, length, &needs, &needs_length);
	if (change->planned && !is_time(change->planned))
	{
		zm_finding(history, ZM_FINDING_NOTE, file, line->number,
				   "the time \"%s\" is none, and is left out",
				   change->planned);
		change->planned = NULL;
	}
	check_needs(history, plan, change, needs, needs_length);
	add_change(plan, change);
}

static void
add_change(Plan *plan, Change *change)
{
	Change *previous = zm_index_put(plan->names, change->name, change);

	if (previous)
		previous->next = change;
	change->nth = list_length(plan->changes);
	plan->changes = lappend(plan->changes, change);
}

static void
add_tag(ZmHistory *history, Plan *plan, int line, char *tag)
{
	Change *last = llast(plan->changes);
	char *label = zm_legal_id(tag);
	const Change *other;

	if (*tag == '\0')
	{
		zm_finding(history, ZM_FINDING_PROBLEM, plan->file->name, line,
				   "a tag without a name");
		return;
	}
	other = zm_index_find(plan->labels, label);
	if (other)
	{
		zm_finding(history, ZM_FINDING_PROBLEM, plan->file->name, line,
				   "the tag \"%s\" is that of \"%s\", too", tag, other->name);
		return;
	}
	zm_index_put(plan->tags, tag, last);
	zm_index_put(plan->labels, label, last);
	last->tags = lappend(last->tags, tag);
	last->labels = lappend(last->labels, label);
}

/* Just as Sqitch writes it: 2024-01-02T03:04:05Z */
static bool
is_time(const char *text)
{
	static const char form[] = "0000-00-00T00:00:00Z";
	int year;
	int month;
	int day;

	if (strlen(text) != strlen(form))
		return false;
	for (int i = 0; form[i]; i++)
	{
		if (form[i] == '0' ? !isdigit((unsigned char) text[i])
						   : text[i] != form[i])
			return false;
	}
	year = atoi(text);
	month = atoi(text + 5);
	day = atoi(text + 8);
	return year > 0 && month >= 1 && month <= 12 && day >= 1 &&
		   day <= days_of_month(year, month) && atoi(text + 11) < 24 &&
		   atoi(text + 14) < 60 && atoi(text + 17) < 60;
}

static int
days_of_month(int year, int month)
{
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month == 2)
		return leap ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* name [needs] time planner <mail> # note */
static Change *
read_change(const ZmLine *line, const char *text, Size length,
			const char **needs, Size *needs_length)
{
	Change *change = palloc0(sizeof(Change));
	Size n = word_length(text, length);
	const char *end;

	change->line = line->number;
	change->name = pnstrdup(text, n);
	length -= n;
	text = zm_trim(text + n, &length);
	*needs = NULL;
	*needs_length = 0;
	end = memchr(text, ']', length);
	if (length > 0 && *text == '[' && end)
	{
		*needs = text + 1;
		*needs_length = end - text - 1;
		length -= end + 1 - text;
		text = zm_trim(end + 1, &length);
	}
	n = word_length(text, length);
	if (n > 0 && zm_leading_digits(text) >= 4)
		change->planned = pnstrdup(text, n);
	end = memchr(text, '#', length);
	if (end)
	{
		length -= end + 1 - text;
		text = zm_trim(end + 1, &length);
		change->note = unescape(text, length);
	}
	return change;
}

/* What a change needs stands above it, and what it excludes does not. */
static void
check_needs(ZmHistory *history, const Plan *plan, const Change *change,
			const char *needs, Size length)
{
	while (length > 0)
	{
		Size n;
		bool conflict;
		const char *name;

		needs = zm_trim(needs, &length);
		n = word_length(needs, length);
		if (n == 0)
			return;
		conflict = *needs == '!';
		name = conflict ? needs + 1 : needs;
		if (memchr(needs, ':', n) != NULL)
			zm_finding(history, ZM_FINDING_PROBLEM, plan->file->name,
					   change->line, "depends on another project: \"%.*s\"",
					   (int) n, needs);
		else if ((find_change(plan, name, n - (name - needs)) != NULL) ==
				 conflict)
			zm_finding(history, ZM_FINDING_PROBLEM, plan->file->name,
					   change->line,
					   conflict ? "conflicts with \"%.*s\" above it"
								: "depends on \"%.*s\", which is not above it",
					   (int) (n - (name - needs)), name);
		needs += n;
		length -= n;
	}
}

/* By "name", "name@tag" or "@tag". */
static const Change *
find_change(const Plan *plan, const char *name, Size length)
{
	const char *at = memchr(name, '@', length);
	Size n = at ? (Size) (at - name) : length;

	if (at && n == 0)
		return zm_index_find(plan->tags, pnstrdup(at + 1, length - 1));
	return zm_index_find(plan->names, pnstrdup(name, n));
}

static Size
word_length(const char *text, Size length)
{
	Size n = 0;

	while (n < length && text[n] != ' ' && text[n] != '\t')
		n++;
	return n;
}

/* \n, \r and \\ stand for what cannot be in a line. */
static char *
unescape(const char *text, Size length)
{
	StringInfoData note;

	initStringInfo(&note);
	for (Size i = 0; i < length; i++)
	{
		char c = text[i];

		if (c == '\\' && i + 1 < length && strchr("nr\\", text[i + 1]))
			c = text[++i] == '\\' ? '\\' : ' ';
		appendStringInfoChar(&note, c);
	}
	return note.data;
}

static void
add(ZmHistory *history, const Layout *layout, List *changes, int nth)
{
	const Change *change = list_nth(changes, nth);
	const char *suffix = suffix_of(history, layout, changes, nth);
	const ZmSourceFile *deploy =
		script(history, layout, layout->deploy, change->name, suffix);
	const ZmSourceFile *revert =
		script(history, layout, layout->revert, change->name, suffix);
	const ZmSourceFile *verify =
		script(history, layout, layout->verify, change->name, suffix);
	ZmRevisionFile *revision;
	ZmRawScript up;
	ZmRawScript down;
	char *text;

	if (deploy == NULL)
	{
		zm_finding(history, ZM_FINDING_PROBLEM, layout->plan->name,
				   change->line, "there is no script %s/%s%s.%s",
				   layout->deploy, change->name, suffix, layout->extension);
		return;
	}
	text = with_verification(deploy, verify);
	up = zm_raw_script(deploy->name, 1, text, strlen(text));
	if (revert)
		down = zm_whole_script(revert);
	else
		zm_finding(history, ZM_FINDING_NOTE, deploy->name, 0,
				   "there is no way back");
	revision = zm_add_revision(
		history, deploy->name, psprintf("%s%s", change->name, suffix),
		change->note ? change->note
					 : zm_words_of_slug(change->name, strlen(change->name)),
		&up, revert ? &down : NULL);
	revision->created = change->planned;
	revision->branch_labels = change->labels;
}

/* "" for the last change of its name, else the tag that its scripts have. */
static const char *
suffix_of(const ZmHistory *history, const Layout *layout, List *changes,
		  int nth)
{
	const Change *change = list_nth(changes, nth);

	if (change->next == NULL)
		return "";
	for (int i = nth; i < change->next->nth; i++)
	{
		ListCell *lc;

		foreach (lc, ((Change *) list_nth(changes, i))->tags)
		{
			char *tag = psprintf("@%s", (char *) lfirst(lc));

			if (script(history, layout, layout->deploy, change->name, tag) !=
				NULL)
				return tag;
		}
	}
	return "";
}

static const ZmSourceFile *
script(const ZmHistory *history, const Layout *layout, const char *directory,
	   const char *name, const char *suffix)
{
	return zm_source_find(history, psprintf("%s/%s%s.%s", directory, name,
											suffix, layout->extension));
}

/* Which nothing runs here, but nothing is to be lost. */
static char *
with_verification(const ZmSourceFile *deploy, const ZmSourceFile *verify)
{
	StringInfoData text;
	ZmLine line = {0};

	initStringInfo(&text);
	appendBinaryStringInfo(&text, deploy->content, deploy->length);
	if (verify == NULL)
		return text.data;
	appendStringInfo(&text, "\n-- %s:\n", verify->name);
	while (zm_next_line(verify->content, verify->length, &line))
	{
		appendStringInfoString(&text, "-- ");
		for (Size i = 0; i < line.length; i++)
		{
			/* One that stands alone ends a comment as well. */
			appendStringInfoChar(&text, line.text[i]);
			if (line.text[i] == '\r')
				appendStringInfoString(&text, "-- ");
		}
		appendStringInfoChar(&text, '\n');
	}
	return text.data;
}
