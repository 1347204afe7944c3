/*
 * draw_svg.c
 *
 * The graph as a picture in SVG that needs nothing else: newest on top, a row
 * for each revision, lines to its parents in lanes at the left, and dashed
 * ones to what it depends on.
 *
 * Rule: what is told by a colour is told by a shape, too, and the picture
 * suits light and dark.  It grows with the number of revisions.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "graph/graph_internal.h"
#include "util/markup.h"

/* Pixels */
#define ROW_HEIGHT 26
#define LANE_WIDTH 18
#define MARGIN 16
#define LEGEND_HEIGHT 40
#define LEAST_WIDTH 420
#define COLUMN_WIDTH 8 /* of a character, amply */

/* Lanes further right lie on top of each other, so that a picture never is
 * as wide as it is high. */
#define MOST_LANES 40

/* What is longer is cut; the whole of it shows when it is pointed at. */
#define ID_COLUMNS 40
#define TAG_COLUMNS 30
#define MESSAGE_COLUMNS 90

/* Lines of neighbouring lanes differ, as far as that helps. */
#define COLOURS 6

typedef struct Place
{
	int row;
	int lane;
} Place;

typedef struct Svg
{
	const ZmGraph *graph;
	const bool *is_current;
	const bool *is_applied;
	Place *places; /* by revision */
	int *lane_to;  /* by revision: the lane that leads to it, or -1 */
	bool *taken;   /* by lane */
	int nlanes;
	int lowest_free;
	int width;
	StringInfoData lines; /* of the graph */
	StringInfoData rows;
} Svg;

static void place_all(Svg *svg, const ZmRevs *order);
static int take_lane(Svg *svg);
static void free_lane(Svg *svg, int lane);
static void draw_lines(Svg *svg, ZmRev rev);
static void draw_line(Svg *svg, Place from, Place to, bool needs);
static void draw_row(Svg *svg, ZmRev rev);
static void draw_node(Svg *svg, ZmRev rev);
static int put_tags(Svg *svg, ZmRev rev);
static int put_tag(Svg *svg, const char *text);
static char *describe(const Svg *svg);
static List *finish(const Svg *svg, int nrows);
static int x_of(int lane);
static int y_of(int row);

List *
zm_draw_svg(const ZmGraph *graph, const ZmRevs *rows)
{
	ZmRevs order = zm_drawing_order(graph);
	bool *is_current = ZM_ARRAY0(bool, graph->nnodes);
	Svg svg = {.graph = graph,
			   .is_current = is_current,
			   .is_applied = zm_graph_applied(graph, rows),
			   .places = ZM_ARRAY0(Place, graph->nnodes),
			   .lane_to = ZM_ARRAY(int, graph->nnodes),
			   .width = LEAST_WIDTH,
			   .taken = ZM_ARRAY0(bool, graph->nnodes + 1)};

	for (int i = 0; i < rows->count; i++)
		is_current[rows->revs[i]] = true;
	initStringInfo(&svg.lines);
	initStringInfo(&svg.rows);
	place_all(&svg, &order);
	for (int i = 0; i < order.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		draw_lines(&svg, order.revs[i]);
		draw_row(&svg, order.revs[i]);
	}
	return finish(&svg, order.count);
}

/*
 * A revision stands in the lane that leads to it.  Its first parent goes on
 * there, unless another lane leads to that already; the others take lanes
 * that are free, and what it depends on is led to in the same way.
 */
static void
place_all(Svg *svg, const ZmRevs *order)
{
	for (ZmRev rev = 0; rev < svg->graph->nnodes; rev++)
		svg->lane_to[rev] = -1;
	for (int row = 0; row < order->count; row++)
	{
		ZmRev rev = order->revs[row];
		const ZmRevs *needed = &svg->graph->all_down[rev];
		int lane = svg->lane_to[rev];
		bool goes_on = false;

		CHECK_FOR_INTERRUPTS();
		if (lane < 0)
			lane = svg->lane_to[rev] = take_lane(svg);
		svg->places[rev] = (Place){row, lane};
		for (int i = 0; i < needed->count; i++)
		{
			if (svg->lane_to[needed->revs[i]] >= 0)
				continue;
			svg->lane_to[needed->revs[i]] = goes_on ? take_lane(svg) : lane;
			goes_on = true;
		}
		if (!goes_on)
			free_lane(svg, lane);
	}
}

static int
take_lane(Svg *svg)
{
	int lane = svg->lowest_free;

	while (svg->taken[lane])
		lane++;
	svg->taken[lane] = true;
	svg->lowest_free = lane + 1;
	svg->nlanes = Max(svg->nlanes, lane + 1);
	return lane;
}

static void
free_lane(Svg *svg, int lane)
{
	svg->taken[lane] = false;
	svg->lowest_free = Min(svg->lowest_free, lane);
}

static void
draw_lines(Svg *svg, ZmRev rev)
{
	const ZmGraph *graph = svg->graph;
	const ZmRevs *needed = &graph->all_down[rev];

	for (int i = 0; i < needed->count; i++)
		draw_line(svg, svg->places[rev], svg->places[needed->revs[i]],
				  i >= graph->nparents[rev]);
}

/* Over to the other's lane, and straight down. */
static void
draw_line(Svg *svg, Place from, Place to, bool needs)
{
	int across = x_of(to.lane) - x_of(from.lane);

	if (needs)
		appendStringInfoString(&svg->lines, "<path class=\"needs\" d=\"");
	else
		appendStringInfo(&svg->lines, "<path class=\"c%d\" d=\"",
						 to.lane % COLOURS);
	appendStringInfo(&svg->lines, "M%d %d", x_of(from.lane), y_of(from.row));
	if (across != 0)
		appendStringInfo(&svg->lines, "c0 %d %d 0 %d %d", ROW_HEIGHT / 2 + 4,
						 across, across, ROW_HEIGHT);
	appendStringInfo(&svg->lines, "V%d\"/>\n", y_of(to.row));
}

static void
draw_row(Svg *svg, ZmRev rev)
{
	const ZmNode *node = &svg->graph->nodes[rev];
	const char *message = node->message ? node->message : "";
	int x = x_of(svg->nlanes - 1) + LANE_WIDTH;
	int columns;

	appendStringInfo(&svg->rows, "<g class=\"%s\"><title>",
					 svg->is_applied[rev] ? "applied" : "pending");
	zm_append_markup(&svg->rows, node->id);
	if (*message)
		appendStringInfoString(&svg->rows, ": ");
	zm_append_markup(&svg->rows, message);
	appendStringInfoString(&svg->rows, "</title>");
	draw_node(svg, rev);
	appendStringInfo(&svg->rows,
					 "<text x=\"%d\" y=\"%d\"><tspan class=\"id\">", x,
					 y_of(svg->places[rev].row) + 4);
	columns = zm_append_markup_start(&svg->rows, node->id, ID_COLUMNS);
	appendStringInfoString(&svg->rows, "</tspan>");
	columns += put_tags(svg, rev);
	appendStringInfoString(&svg->rows, "<tspan dx=\"10\">");
	columns += zm_append_markup_start(&svg->rows, message, MESSAGE_COLUMNS);
	appendStringInfoString(&svg->rows, "</tspan></text></g>\n");
	svg->width = Max(svg->width, x + columns * COLUMN_WIDTH + 2 * MARGIN);
}

/* Full if applied, empty if pending, with a ring if current; a merge has
 * corners. */
static void
draw_node(Svg *svg, ZmRev rev)
{
	int x = x_of(svg->places[rev].lane);
	int y = y_of(svg->places[rev].row);

	if (svg->is_current[rev])
		appendStringInfo(
			&svg->rows,
			"<circle class=\"ring\" cx=\"%d\" cy=\"%d\" r=\"10\"/>", x, y);
	if (svg->graph->nodes[rev].ndown > 1)
		appendStringInfo(&svg->rows,
						 "<path class=\"node\" d=\"M%d %dl7 7-7 7-7-7z\"/>", x,
						 y - 7);
	else
		appendStringInfo(
			&svg->rows, "<circle class=\"node\" cx=\"%d\" cy=\"%d\" r=\"6\"/>",
			x, y);
}

/* Both return the columns taken. */
static int
put_tags(Svg *svg, ZmRev rev)
{
	const ZmGraph *graph = svg->graph;
	const ZmNode *node = &graph->nodes[rev];
	int columns = 0;

	if (zm_graph_is_head(graph, rev))
		columns +=
			put_tag(svg, zm_graph_is_real_head(graph, rev) ? "head"
														   : "effective head");
	if (svg->is_current[rev])
		columns += put_tag(svg, "current");
	for (int i = 0; i < node->nlabels; i++)
		columns += put_tag(svg, node->labels[i]);
	for (int i = 0; i < node->ndepends; i++)
		columns += put_tag(svg, psprintf("needs %s", node->depend_names[i]));
	return columns;
}

static int
put_tag(Svg *svg, const char *text)
{
	int columns;

	appendStringInfoString(&svg->rows, "<tspan class=\"tag\" dx=\"8\">");
	columns = zm_append_markup_start(&svg->rows, text, TAG_COLUMNS);
	appendStringInfoString(&svg->rows, "</tspan>");
	return columns + 1;
}

/* For those who do not see it. */
static char *
describe(const Svg *svg)
{
	int size = svg->graph->nnodes;
	int applied = 0;
	const char *separator = " Current: ";
	StringInfoData text;

	for (ZmRev rev = 0; rev < size; rev++)
		applied += svg->is_applied[rev];
	initStringInfo(&text);
	appendStringInfo(&text,
					 "<desc>Revisions, newest first: %d. Applied: %d, "
					 "pending: %d.",
					 size, applied, size - applied);
	for (ZmRev rev = 0; rev < size; rev++)
	{
		if (!svg->is_current[rev])
			continue;
		appendStringInfoString(&text, separator);
		zm_append_markup(&text, zm_id(svg->graph, rev));
		separator = ", ";
	}
	appendStringInfoString(&text, "</desc>");
	return text.data;
}

/* As lines: the frame, the style, the legend, and what was drawn. */
static List *
finish(const Svg *svg, int nrows)
{
	int width = svg->width;
	int height = LEGEND_HEIGHT + nrows * ROW_HEIGHT + MARGIN;
	List *lines = list_make1(psprintf(
		"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"zishu\" "
		"width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"group\">",
		width, height, width, height));

	lines = lappend(lines, "<title>Revisions</title>");
	lines = lappend(lines, describe(svg));
	lines = lappend(
		lines,
		"<style>"
		".zishu{background:#fff;color:#1b2130;font:13px system-ui,sans-serif}"
		".zishu text{fill:#1b2130}"
		".zishu .id{font-family:ui-monospace,monospace;font-weight:600}"
		".zishu .tag{fill:#8a3ffc;font-weight:600;font-size:11px}"
		".zishu .pending text{fill:#5d6577}"
		".zishu path{fill:none;stroke-width:2}"
		".zishu .c0{stroke:#2f6fde}.zishu .c1{stroke:#c2571a}"
		".zishu .c2{stroke:#158a5c}.zishu .c3{stroke:#a5317f}"
		".zishu .c4{stroke:#8a6d00}.zishu .c5{stroke:#4b5c7c}"
		".zishu .needs{stroke:#7a8396;stroke-dasharray:4 4}"
		".zishu .node{stroke:#1b2130;stroke-width:2;fill:#fff}"
		".zishu .applied .node{fill:#1b2130}"
		".zishu .ring{fill:none;stroke:#8a3ffc;stroke-width:2}"
		"@media(prefers-color-scheme:dark){"
		".zishu{background:#14171f}"
		".zishu text{fill:#e8ebf2}.zishu .pending text{fill:#a3abbd}"
		".zishu .tag{fill:#c4a1ff}.zishu .ring{stroke:#c4a1ff}"
		".zishu .node{stroke:#e8ebf2;fill:#14171f}"
		".zishu .applied .node{fill:#e8ebf2}"
		".zishu .c0{stroke:#79a8ff}.zishu .c1{stroke:#ff9d66}"
		".zishu .c2{stroke:#55d6a0}.zishu .c3{stroke:#f08fd0}"
		".zishu .c4{stroke:#e0c24a}.zishu .c5{stroke:#a9b7d1}}"
		"</style>");
	lines = lappend(
		lines,
		psprintf("<g class=\"applied\"><circle class=\"node\" cx=\"%d\" "
				 "cy=\"20\" r=\"6\"/><text x=\"%d\" y=\"24\">applied</text>"
				 "<circle class=\"node\" cx=\"%d\" cy=\"20\" r=\"6\"/>"
				 "<circle class=\"ring\" cx=\"%d\" cy=\"20\" r=\"10\"/>"
				 "<text x=\"%d\" y=\"24\">current</text></g>"
				 "<g class=\"pending\"><circle class=\"node\" cx=\"%d\" "
				 "cy=\"20\" r=\"6\"/><text x=\"%d\" y=\"24\">pending</text>"
				 "<path d=\"M%d 20h24\" class=\"needs\"/>"
				 "<text x=\"%d\" y=\"24\">depends on</text></g>",
				 MARGIN, MARGIN + 12, MARGIN + 90, MARGIN + 90, MARGIN + 106,
				 MARGIN + 184, MARGIN + 196, MARGIN + 266, MARGIN + 298));
	lines = lappend(lines, svg->lines.data);
	lines = lappend(lines, svg->rows.data);
	return lappend(lines, "</svg>");
}

static int
x_of(int lane)
{
	return MARGIN + Min(lane, MOST_LANES) * LANE_WIDTH;
}

static int
y_of(int row)
{
	return LEGEND_HEIGHT + row * ROW_HEIGHT + ROW_HEIGHT / 2;
}
