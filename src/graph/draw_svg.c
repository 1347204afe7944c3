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
#define TEXT_WIDTH 860

/* A longer message is cut; the whole of it shows when it is pointed at. */
#define MESSAGE_CHARACTERS 90

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
	StringInfoData lines; /* of the graph */
	StringInfoData rows;
} Svg;

static void place_all(Svg *svg, const ZmRevs *order);
static int take_lane(Svg *svg);
static void free_lane(Svg *svg, int lane);
static void draw_lines(Svg *svg, ZmRev rev);
static void draw_line(Svg *svg, Place from, Place to, int lane);
static void draw_dependency(Svg *svg, Place from, Place to);
static void draw_row(Svg *svg, ZmRev rev);
static void draw_node(Svg *svg, ZmRev rev);
static void put_tags(Svg *svg, ZmRev rev);
static void put_tag(Svg *svg, const char *text);
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
 * that are free.
 */
static void
place_all(Svg *svg, const ZmRevs *order)
{
	for (ZmRev rev = 0; rev < svg->graph->nnodes; rev++)
		svg->lane_to[rev] = -1;
	for (int row = 0; row < order->count; row++)
	{
		ZmRev rev = order->revs[row];
		ZmRevs parents = zm_neighbours(svg->graph, rev, ZM_TO_PARENTS);
		int lane = svg->lane_to[rev];
		bool goes_on = false;

		CHECK_FOR_INTERRUPTS();
		if (lane < 0)
			lane = take_lane(svg);
		svg->places[rev] = (Place){row, lane};
		for (int i = 0; i < parents.count; i++)
		{
			if (svg->lane_to[parents.revs[i]] >= 0)
				continue;
			svg->lane_to[parents.revs[i]] = goes_on ? take_lane(svg) : lane;
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
	ZmRevs parents = zm_neighbours(graph, rev, ZM_TO_PARENTS);

	for (int i = 0; i < parents.count; i++)
		draw_line(svg, svg->places[rev], svg->places[parents.revs[i]],
				  svg->lane_to[parents.revs[i]]);
	for (int i = graph->nparents[rev]; i < needed->count; i++)
		draw_dependency(svg, svg->places[rev], svg->places[needed->revs[i]]);
}

/* Over to the parent's lane, and straight down. */
static void
draw_line(Svg *svg, Place from, Place to, int lane)
{
	appendStringInfo(&svg->lines, "<path class=\"c%d\" d=\"M%d %d",
					 lane % COLOURS, x_of(from.lane), y_of(from.row));
	if (from.lane != lane)
		appendStringInfo(&svg->lines, "c0 %d %d 0 %d %d", ROW_HEIGHT / 2 + 4,
						 x_of(lane) - x_of(from.lane),
						 x_of(lane) - x_of(from.lane), ROW_HEIGHT);
	appendStringInfo(&svg->lines, "V%d\"/>\n", y_of(to.row));
}

static void
draw_dependency(Svg *svg, Place from, Place to)
{
	int bulge = LANE_WIDTH + Min(4 * abs(to.row - from.row), 6 * LANE_WIDTH);

	appendStringInfo(
		&svg->lines,
		"<path class=\"needs\" d=\"M%d %dC%d %d %d %d %d %d\"/>\n",
		x_of(from.lane), y_of(from.row), x_of(from.lane) + bulge,
		y_of(from.row) + ROW_HEIGHT, x_of(to.lane) + bulge,
		y_of(to.row) - ROW_HEIGHT, x_of(to.lane), y_of(to.row));
}

static void
draw_row(Svg *svg, ZmRev rev)
{
	const ZmNode *node = &svg->graph->nodes[rev];
	const char *message = node->message ? node->message : "";

	appendStringInfo(&svg->rows, "<g class=\"%s\"><title>",
					 svg->is_applied[rev] ? "applied" : "pending");
	zm_append_markup(&svg->rows, node->id);
	if (*message)
		appendStringInfoString(&svg->rows, ": ");
	zm_append_markup(&svg->rows, message);
	appendStringInfoString(&svg->rows, "</title>");
	draw_node(svg, rev);
	appendStringInfo(&svg->rows,
					 "<text x=\"%d\" y=\"%d\"><tspan class=\"id\">",
					 x_of(svg->nlanes), y_of(svg->places[rev].row) + 4);
	zm_append_markup(&svg->rows, node->id);
	appendStringInfoString(&svg->rows, "</tspan>");
	put_tags(svg, rev);
	appendStringInfoString(&svg->rows, "<tspan dx=\"10\">");
	zm_append_markup_start(&svg->rows, message, MESSAGE_CHARACTERS);
	appendStringInfoString(&svg->rows, "</tspan></text></g>\n");
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

static void
put_tags(Svg *svg, ZmRev rev)
{
	const ZmGraph *graph = svg->graph;
	const ZmNode *node = &graph->nodes[rev];

	if (zm_graph_is_head(graph, rev))
		put_tag(svg,
				zm_graph_is_real_head(graph, rev) ? "head" : "effective head");
	if (svg->is_current[rev])
		put_tag(svg, "current");
	for (int i = 0; i < node->nlabels; i++)
		put_tag(svg, node->labels[i]);
	for (int i = 0; i < node->ndepends; i++)
		put_tag(svg, psprintf("needs %s", node->depend_names[i]));
}

static void
put_tag(Svg *svg, const char *text)
{
	appendStringInfoString(&svg->rows, "<tspan class=\"tag\" dx=\"8\">");
	zm_append_markup(&svg->rows, text);
	appendStringInfoString(&svg->rows, "</tspan>");
}

/* As lines: the frame, the style, the legend, and what was drawn. */
static List *
finish(const Svg *svg, int nrows)
{
	int width = x_of(svg->nlanes) + TEXT_WIDTH;
	int height = LEGEND_HEIGHT + nrows * ROW_HEIGHT + MARGIN;
	List *lines = list_make1(psprintf(
		"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"zishu\" "
		"width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">",
		width, height, width, height));

	lines = lappend(lines, "<title>Revisions</title>");
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
				 "</g>",
				 MARGIN, MARGIN + 12, MARGIN + 90, MARGIN + 90, MARGIN + 106,
				 MARGIN + 184, MARGIN + 196));
	lines = lappend(lines, svg->lines.data);
	lines = lappend(lines, svg->rows.data);
	return lappend(lines, "</svg>");
}

static int
x_of(int lane)
{
	return MARGIN + lane * LANE_WIDTH;
}

static int
y_of(int row)
{
	return LEGEND_HEIGHT + row * ROW_HEIGHT + ROW_HEIGHT / 2;
}
