/*
 * draw_text.c
 *
 * The graph as text, as "git log --graph" draws it: newest first, a line for
 * each revision and, where lines fork, merge or move, lines that show it.
 *
 * What is on its way down is a row of lanes from left to right, each leading
 * to a revision that is still to come, and never two to the same.  A merge
 * makes room to its right for its further parents; a lane that leads where
 * another does already is led over to the left one.  Parents make the
 * picture; dependencies are told in the text, but revisions come in an order
 * that fits them, too.
 *
 * The width is limited, so that the picture grows with the number of
 * revisions and not with its square.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "graph/graph_internal.h"

/* Lanes further right are not shown. */
#define LANES_SHOWN 60

typedef struct Picture
{
	const ZmGraph *graph;
	const bool *is_current;
	List **labels;
	List *lines;	/* result */
	ZmRevs lanes;	/* where each leads to */
	bool *has_lane; /* by revision: a lane leads to it */
	char *row;		/* the line being drawn, room for all shown lanes */
	int width;		/* of that line */
	int ended_at;	/* the lane that the last revision ended, or -1 */
} Picture;

static void push_ready(ZmRevs *stack, int *waiting, ZmRev rev);
static void draw_revision(Picture *picture, ZmRev rev);
static int find_lane(const Picture *picture, ZmRev rev, int from);
static int start_lane(Picture *picture, ZmRev rev);
static void draw_fan(Picture *picture, int lane, int nparents);
static void replace_lane(Picture *picture, int lane, const ZmRevs *parents);
static void join_lanes(Picture *picture, int left, int right);
static void close_lane(Picture *picture, int lane);
static void begin_row(Picture *picture);
static void put(Picture *picture, int position, char mark);
static void end_row(Picture *picture, int text_at, const char *text);
static char *describe(const Picture *picture, ZmRev rev);

List *
zm_draw_text(const ZmGraph *graph, const ZmRevs *rows)
{
	ZmRevs order = zm_drawing_order(graph);
	bool *is_current = ZM_ARRAY0(bool, graph->nnodes);
	Picture picture = {
		.graph = graph,
		.is_current = is_current,
		.labels = zm_graph_labels(graph),
		.lanes = zm_revs_make(),
		.has_lane = ZM_ARRAY0(bool, graph->nnodes),
		.row = palloc(2 * LANES_SHOWN + 2),
		.ended_at = -1,
	};

	for (int i = 0; i < rows->count; i++)
		is_current[rows->revs[i]] = true;
	for (int i = 0; i < order.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		draw_revision(&picture, order.revs[i]);
	}
	Assert(picture.lanes.count == 0);
	return picture.lines;
}

/*
 * Newest first, line by line: after a revision comes what it has set free,
 * the last parent first.  Tips stand ready from the deepest to the
 * shallowest, so that few lanes are open at a time.
 */
ZmRevs
zm_drawing_order(const ZmGraph *graph)
{
	ZmRevs order = {0, ZM_ARRAY(ZmRev, graph->nnodes)};
	ZmRevs stack = zm_revs_make();
	int *waiting = ZM_ARRAY(int, graph->nnodes);

	for (int i = 0; i < graph->nnodes; i++)
	{
		ZmRev rev = graph->sorted[i];

		CHECK_FOR_INTERRUPTS();
		waiting[rev] = graph->nodes[rev].all_next.count;
		if (waiting[rev] == 0)
			zm_revs_add(&stack, rev);
	}
	while (stack.count > 0)
	{
		ZmRev rev = stack.revs[--stack.count];
		const ZmRevs *needed = &graph->all_down[rev];
		int nparents = graph->nparents[rev];

		order.revs[order.count++] = rev;
		for (int i = nparents; i < needed->count; i++)
			push_ready(&stack, waiting, needed->revs[i]);
		for (int i = 0; i < nparents; i++)
			push_ready(&stack, waiting, needed->revs[i]);
	}
	return order;
}

static void
push_ready(ZmRevs *stack, int *waiting, ZmRev rev)
{
	if (--waiting[rev] == 0)
		zm_revs_add(stack, rev);
}

/*
 * The revision's own line, and those that lead on to its parents.
 */
static void
draw_revision(Picture *picture, ZmRev rev)
{
	ZmRevs parents = zm_neighbours(picture->graph, rev, ZM_TO_PARENTS);
	int lane = picture->has_lane[rev] ? find_lane(picture, rev, 0)
									  : start_lane(picture, rev);

	begin_row(picture);
	for (int i = 0; i < picture->lanes.count && i < LANES_SHOWN; i++)
		put(picture, 2 * i, i == lane ? '*' : '|');
	if (lane >= LANES_SHOWN)
		put(picture, 2 * LANES_SHOWN, '*');
	end_row(picture, 2 * (picture->lanes.count + Max(parents.count - 1, 0)),
			describe(picture, rev));

	picture->has_lane[rev] = false;
	picture->ended_at = -1;
	if (parents.count == 0)
	{
		close_lane(picture, lane);
		return;
	}
	draw_fan(picture, lane, parents.count);
	replace_lane(picture, lane, &parents);
	for (int i = 0; i < parents.count; i++)
	{
		int first;

		if (!picture->has_lane[parents.revs[i]])
		{
			picture->has_lane[parents.revs[i]] = true;
			continue;
		}
		first = find_lane(picture, parents.revs[i], 0);
		join_lanes(picture, first,
				   find_lane(picture, parents.revs[i], first + 1));
	}
}

static int
find_lane(const Picture *picture, ZmRev rev, int from)
{
	while (picture->lanes.revs[from] != rev)
		from++;
	return from;
}

/*
 * A new lane at the right for a tip.  Were it to stand right below a base it
 * would look like that base's parent.
 */
static int
start_lane(Picture *picture, ZmRev rev)
{
	if (picture->ended_at == picture->lanes.count)
	{
		begin_row(picture);
		for (int i = 0; i < picture->lanes.count; i++)
			put(picture, 2 * i, '|');
		end_row(picture, 0, NULL);
	}
	zm_revs_add(&picture->lanes, rev);
	return picture->lanes.count - 1;
}

/*
 * From one lane to as many as there are parents; the lanes to the right make
 * room.
 */
static void
draw_fan(Picture *picture, int lane, int nparents)
{
	for (int step = 1; step < nparents && step <= LANES_SHOWN; step++)
	{
		begin_row(picture);
		for (int i = 0; i < lane + step; i++)
			put(picture, 2 * i, '|');
		put(picture, 2 * (lane + step) - 1, '\\');
		for (int i = lane + 1; i < picture->lanes.count; i++)
			put(picture, 2 * (i + step) - 1, '\\');
		end_row(picture, 0, NULL);
	}
}

static void
replace_lane(Picture *picture, int lane, const ZmRevs *parents)
{
	ZmRevs *lanes = &picture->lanes;
	int behind = lanes->count - (lane + 1);

	for (int i = 1; i < parents->count; i++)
		zm_revs_add(lanes, ZM_NOWHERE);
	memmove(&lanes->revs[lane + parents->count], &lanes->revs[lane + 1],
			sizeof(ZmRev) * behind);
	memcpy(&lanes->revs[lane], parents->revs, sizeof(ZmRev) * parents->count);
}

/*
 * Leads the right of two lanes over into the left one, across those between;
 * what is further right moves up.
 */
static void
join_lanes(Picture *picture, int left, int right)
{
	begin_row(picture);
	for (int i = 0; i < right; i++)
		put(picture, 2 * i, '|');
	for (int i = left + 1; i < right - 1; i++)
		put(picture, 2 * i + 1, '_');
	for (int i = right; i < picture->lanes.count; i++)
		put(picture, 2 * i - 1, '/');
	end_row(picture, 0, NULL);
	if (right - left > 1)
	{
		begin_row(picture);
		for (int i = 0; i < picture->lanes.count - 1; i++)
			put(picture, 2 * i, '|');
		put(picture, 2 * left + 1, '/');
		end_row(picture, 0, NULL);
	}
	memmove(&picture->lanes.revs[right], &picture->lanes.revs[right + 1],
			sizeof(ZmRev) * (picture->lanes.count - right - 1));
	picture->lanes.count--;
}

/*
 * A base ends its lane.
 */
static void
close_lane(Picture *picture, int lane)
{
	int behind = picture->lanes.count - (lane + 1);

	if (behind > 0)
	{
		begin_row(picture);
		for (int i = 0; i < lane; i++)
			put(picture, 2 * i, '|');
		for (int i = lane + 1; i < picture->lanes.count; i++)
			put(picture, 2 * i - 1, '/');
		end_row(picture, 0, NULL);
	}
	memmove(&picture->lanes.revs[lane], &picture->lanes.revs[lane + 1],
			sizeof(ZmRev) * behind);
	picture->lanes.count--;
	picture->ended_at = behind == 0 ? lane : -1;
}

static void
begin_row(Picture *picture)
{
	memset(picture->row, ' ', 2 * LANES_SHOWN + 2);
	picture->width = 0;
}

static void
put(Picture *picture, int position, char mark)
{
	if (position > 2 * LANES_SHOWN)
	{
		position = 2 * LANES_SHOWN;
		mark = '~';
	}
	picture->row[position] = mark;
	picture->width = Max(picture->width, position + 1);
}

static void
end_row(Picture *picture, int text_at, const char *text)
{
	if (text == NULL)
	{
		picture->lines =
			lappend(picture->lines, pnstrdup(picture->row, picture->width));
		return;
	}
	text_at = Max(Min(text_at, 2 * LANES_SHOWN + 2), picture->width + 1);
	picture->lines = lappend(
		picture->lines, psprintf("%.*s%*s%s", picture->width, picture->row,
								 text_at - picture->width, "", text));
}

/*
 * What stands behind the picture.
 */
static char *
describe(const Picture *picture, ZmRev rev)
{
	const ZmGraph *graph = picture->graph;
	const ZmNode *node = &graph->nodes[rev];
	List *labels = picture->labels[rev];
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoString(&text, node->id);
	for (int i = 0; i < node->ndepends; i++)
		appendStringInfo(&text, "%s%s", i == 0 ? " (depends on " : ", ",
						 node->depend_names[i]);
	if (node->ndepends > 0)
		appendStringInfoChar(&text, ')');
	for (int i = 0; i < list_length(labels); i++)
		appendStringInfo(&text, "%s%s", i == 0 ? " (" : ", ",
						 (char *) list_nth(labels, i));
	if (labels != NIL)
		appendStringInfoChar(&text, ')');
	if (zm_graph_is_head(graph, rev))
		appendStringInfoString(&text, zm_graph_is_real_head(graph, rev)
										  ? " (head)"
										  : " (effective head)");
	if (picture->is_current[rev])
		appendStringInfoString(&text, " (current)");
	if (node->next.count > 1)
		appendStringInfoString(&text, " (branchpoint)");
	if (node->ndown > 1)
		appendStringInfoString(&text, " (mergepoint)");
	if (node->message != NULL && node->message[0] != '\0')
		appendStringInfo(&text, ", %s", node->message);
	for (char *p = text.data; *p != '\0'; p++)
	{
		if (*p == '\n' || *p == '\r')
			*p = ' ';
	}
	return text.data;
}
