/*
 * page.c
 *
 * Where a database stands, as a page: status, graph, pending revisions and
 * what was done lately.
 *
 * Rule: the page is for people to read and to keep.  It loads nothing, runs
 * nothing, and what users wrote is text in it.
 */
#include "postgres.h"

#include "commands/dbcommands.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "graph/graph.h"
#include "report/page.h"
#include "script/script.h"
#include "store/store.h"
#include "util/markup.h"
#include "util/times.h"

/* So many are shown. */
#define MOST_EVENTS 50
#define MOST_PENDING 200

/* Pixels */
#define BAR_WIDTH 220

typedef struct Page
{
	StringInfoData out;
	const char *tenant;
	ZmGraph *graph;
	ZmRevs rows;
	bool *applied;
	List *events; /* of ZmRecentEvent * */
} Page;

typedef struct Pending
{
	int n;
	char **ids;
	char **needs; /* what is to be known of its scripts; NULL: nothing */
	int *statements;
} Pending;

static void put_style(Page *page);
static void put_status(Page *page);
static void put_fact(Page *page, const char *name, const char *value);
static char *list_of(const ZmGraph *graph, const ZmRevs *revs);
static void put_graph(Page *page);
static void put_pending(Page *page);
static void look_at_scripts(ZmStoredRevision *revision, void *arg);
static int count_statements(ZmScript *script, bool *online);
static void put_events(Page *page);
static void put_event(Page *page, const ZmRecentEvent *event, int64 longest);
static char *duration(int64 microseconds);
static void put_cell(Page *page, const char *text);
static char *to_the_second(TimestampTz time);

char *
zm_report_page(const char *tenant)
{
	Page page = {.tenant = tenant};

	page.graph = zm_store_graph(NULL);
	page.rows = zm_store_known_versions(page.graph, tenant);
	page.applied = zm_graph_applied(page.graph, &page.rows);
	page.events = zm_store_recent_events(tenant, MOST_EVENTS);
	initStringInfo(&page.out);
	appendStringInfoString(
		&page.out,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		"<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, "
		"initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	zm_append_markup(&page.out, get_database_name(MyDatabaseId));
	appendStringInfoString(&page.out, ": migrations</title>\n");
	put_style(&page);
	appendStringInfoString(&page.out, "</head>\n<body>\n<main>\n");
	put_status(&page);
	put_pending(&page);
	put_graph(&page);
	put_events(&page);
	appendStringInfoString(&page.out, "</main>\n</body>\n</html>\n");
	return page.out.data;
}

static void
put_style(Page *page)
{
	appendStringInfoString(
		&page->out,
		"<style>\n"
		":root{--ink:#1b2130;--soft:#5d6577;--paper:#fff;--panel:#f4f6fa;"
		"--line:#dfe3ec;--accent:#8a3ffc;--bad:#b3261e;--bar:#2f6fde}\n"
		"@media(prefers-color-scheme:dark){:root{--ink:#e8ebf2;"
		"--soft:#a3abbd;--paper:#14171f;--panel:#1d212c;--line:#323848;"
		"--accent:#c4a1ff;--bad:#ff9a92;--bar:#79a8ff}}\n"
		"body{margin:0;background:var(--paper);color:var(--ink);"
		"font:15px/1.5 system-ui,sans-serif}\n"
		"main{max-width:1100px;margin:0 auto;padding:24px 16px 64px}\n"
		"h1{font-size:1.6rem;margin:0 0 16px}"
		"h2{font-size:1.15rem;margin:36px 0 10px}\n"
		"dl{display:grid;grid-template-columns:repeat(auto-fit,"
		"minmax(190px,1fr));gap:12px;margin:0}\n"
		"dl div{background:var(--panel);border-radius:8px;padding:10px 14px}\n"
		"dt{color:var(--soft);font-size:.85rem}"
		"dd{margin:0;font-weight:600;overflow-wrap:anywhere}\n"
		".wide{overflow-x:auto}\n"
		"table{border-collapse:collapse;width:100%;min-width:640px;font-size:.92rem}\n"
		"th,td{text-align:left;vertical-align:top;padding:6px 10px;"
		"border-bottom:1px solid var(--line)}\n"
		"th{color:var(--soft);font-weight:500}"
		".number{text-align:right;white-space:nowrap}\n"
		"code{font-family:ui-monospace,monospace}\n"
		"@media(max-width:600px){table.short{min-width:0}"
		"table.short td{overflow-wrap:anywhere}}\n"
		".note{color:var(--accent)}.failed{color:var(--bad)}"
		".soft{color:var(--soft)}\n"
		".bar{fill:var(--bar)}\n"
		"</style>\n");
}

static void
put_status(Page *page)
{
	ZmRevs heads = zm_graph_heads(page->graph, false);
	ZmProgress *progress = zm_store_progress(page->tenant);
	int pending = 0;

	for (ZmRev rev = 0; rev < zm_graph_size(page->graph); rev++)
		pending += !page->applied[rev];
	appendStringInfoString(&page->out, "<h1>");
	zm_append_markup(&page->out, get_database_name(MyDatabaseId));
	if (page->tenant[0] != '\0')
	{
		appendStringInfoString(&page->out, " / ");
		zm_append_markup(&page->out, page->tenant);
	}
	appendStringInfoString(&page->out, "</h1>\n<dl>\n");
	put_fact(page, "Current", list_of(page->graph, &page->rows));
	put_fact(page, "Heads", list_of(page->graph, &heads));
	put_fact(page, "Pending", psprintf("%d", pending));
	if (progress)
		put_fact(page, "Unfinished",
				 psprintf("%s of %s, statement %d of %d", progress->action,
						  progress->revision, progress->statement,
						  progress->statements));
	if (page->events != NIL)
	{
		const ZmRecentEvent *last = linitial(page->events);

		put_fact(page, "Last event",
				 psprintf("%s of %s: %s", last->action, last->revision,
						  last->outcome));
	}
	put_fact(page, "As of", to_the_second(GetCurrentTimestamp()));
	appendStringInfoString(&page->out, "</dl>\n");
}

static void
put_fact(Page *page, const char *name, const char *value)
{
	appendStringInfo(&page->out, "<div><dt>%s</dt><dd>", name);
	zm_append_markup_start(&page->out, value, 300);
	appendStringInfoString(&page->out, "</dd></div>\n");
}

static char *
list_of(const ZmGraph *graph, const ZmRevs *revs)
{
	StringInfoData text;

	if (revs->count == 0)
		return "base";
	initStringInfo(&text);
	for (int i = 0; i < revs->count; i++)
		appendStringInfo(&text, "%s%s", i > 0 ? ", " : "",
						 zm_graph_node(graph, revs->revs[i])->id);
	return text.data;
}

static void
put_graph(Page *page)
{
	ListCell *lc;

	appendStringInfoString(&page->out,
						   "<h2>History</h2>\n<div class=\"wide\">\n");
	foreach (lc, zm_draw_svg(page->graph, &page->rows))
		appendStringInfo(&page->out, "%s\n", (char *) lfirst(lc));
	appendStringInfoString(&page->out, "</div>\n");
}

static void
put_pending(Page *page)
{
	int size = zm_graph_size(page->graph);
	Pending pending = {.ids = palloc(sizeof(char *) * (MOST_PENDING + 1))};
	ZmRev *revs = palloc(sizeof(ZmRev) * (MOST_PENDING + 1));
	int others = 0;

	for (ZmRev rev = 0; rev < size; rev++)
	{
		if (page->applied[rev])
			continue;
		if (pending.n == MOST_PENDING)
		{
			others++;
			continue;
		}
		revs[pending.n] = rev;
		pending.ids[pending.n++] = zm_graph_node(page->graph, rev)->id;
	}
	if (pending.n == 0)
		return;
	pending.needs = palloc0(sizeof(char *) * pending.n);
	pending.statements = palloc0(sizeof(int) * pending.n);
	zm_store_each_revision(pending.n, pending.ids, look_at_scripts, &pending);

	appendStringInfoString(
		&page->out,
		"<h2>Pending</h2>\n<div class=\"wide\"><table class=\"short\">\n"
		"<tr><th>Revision</th><th>Message</th>"
		"<th class=\"number\">Statements</th><th>Hazards</th></tr>\n");
	for (int i = 0; i < pending.n; i++)
	{
		const ZmNode *node = zm_graph_node(page->graph, revs[i]);

		appendStringInfoString(&page->out, "<tr><td><code>");
		zm_append_markup(&page->out, node->id);
		appendStringInfoString(&page->out, "</code></td>");
		put_cell(page, node->message ? node->message : "");
		appendStringInfo(&page->out,
						 "<td class=\"number\">%d</td>"
						 "<td class=\"note\">",
						 pending.statements[i]);
		zm_append_markup(&page->out, pending.needs[i] ? pending.needs[i] : "");
		appendStringInfoString(&page->out, "</td></tr>\n");
	}
	appendStringInfoString(&page->out, "</table></div>\n");
	if (others > 0)
		appendStringInfo(&page->out, "<p class=\"soft\">And %d more.</p>\n",
						 others);
}

/* What makes a difference to whoever is to run them. */
static void
look_at_scripts(ZmStoredRevision *revision, void *arg)
{
	Pending *pending = arg;
	MemoryContext saved =
		MemoryContextSwitchTo(GetMemoryChunkContext(pending->needs));
	int line;
	ErrorData *fault = zm_script_check(revision->upgrade, false, &line);
	StringInfoData needs;
	bool online = false;

	CHECK_FOR_INTERRUPTS();
	initStringInfo(&needs);
	if (fault)
		appendStringInfo(&needs, "cannot run: %s (line %d)", fault->message,
						 line);
	else
		pending->statements[revision->index] =
			count_statements(revision->upgrade, &online);
	if (online)
		appendStringInfoString(&needs, "runs online only");
	if (revision->downgrade == NULL)
		appendStringInfo(&needs, "%scannot be reverted",
						 needs.len > 0 ? "; " : "");
	pending->needs[revision->index] = needs.data;
	MemoryContextSwitchTo(saved);
}

static int
count_statements(ZmScript *script, bool *online)
{
	ZmSplitter *splitter = zm_splitter_create(script);
	ZmStatement statement;
	int n = 0;

	while (zm_splitter_next(splitter, &statement))
	{
		const char *command;

		CHECK_FOR_INTERRUPTS();
		*online |= zm_classify(statement.text, &command, NULL) == ZM_TOP_LEVEL;
		n = statement.number;
	}
	return n;
}

static void
put_events(Page *page)
{
	int64 longest = 1;
	ListCell *lc;

	if (page->events == NIL)
		return;
	foreach (lc, page->events)
		longest = Max(longest, ((ZmRecentEvent *) lfirst(lc))->elapsed);
	appendStringInfoString(
		&page->out,
		"<h2>Recent events</h2>\n<div class=\"wide\"><table>\n"
		"<tr><th>When</th><th>Action</th><th>Revision</th><th>By</th>"
		"<th>Outcome</th><th class=\"number\">Duration</th><th></th>"
		"</tr>\n");
	foreach (lc, page->events)
		put_event(page, lfirst(lc), longest);
	appendStringInfoString(&page->out, "</table></div>\n");
}

static void
put_event(Page *page, const ZmRecentEvent *event, int64 longest)
{
	int width = event->elapsed <= 0
					? 0
					: Max(2, (int) (event->elapsed * BAR_WIDTH / longest));

	appendStringInfoString(&page->out, "<tr>");
	put_cell(page, to_the_second(event->at));
	put_cell(page, event->action);
	appendStringInfoString(&page->out, "<td><code>");
	zm_append_markup(&page->out, event->revision);
	appendStringInfoString(&page->out, "</code></td>");
	put_cell(page, event->user_role);
	appendStringInfo(&page->out, "<td%s>",
					 event->error ? " class=\"failed\"" : "");
	zm_append_markup(&page->out, event->outcome);
	if (event->error)
	{
		appendStringInfoString(&page->out, ": ");
		zm_append_markup_start(&page->out, event->error, 200);
	}
	appendStringInfoString(&page->out, "</td>");
	if (event->elapsed < 0)
		appendStringInfoString(&page->out, "<td></td><td></td></tr>\n");
	else
		appendStringInfo(
			&page->out,
			"<td class=\"number\">%s</td><td><svg width=\"%d\" "
			"height=\"12\" aria-hidden=\"true\"><rect class=\"bar\" y=\"1\" "
			"width=\"%d\" height=\"10\" rx=\"2\"/></svg></td></tr>\n",
			duration(event->elapsed), BAR_WIDTH, width);
}

/* So that short ones differ, too. */
static char *
duration(int64 microseconds)
{
	if (microseconds < 1000000)
		return psprintf("%.1f ms", microseconds / 1000.0);
	return psprintf("%.1f s", microseconds / 1000000.0);
}

static void
put_cell(Page *page, const char *text)
{
	appendStringInfoString(&page->out, "<td>");
	zm_append_markup(&page->out, text);
	appendStringInfoString(&page->out, "</td>");
}

static char *
to_the_second(TimestampTz time)
{
	char *text = zm_utc_text(time);
	char *fraction = strchr(text, '.');

	return psprintf(
		"%.*s UTC",
		(int) (fraction ? fraction - text : (int) strcspn(text, "+")), text);
}
