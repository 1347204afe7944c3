/*
 * components.c
 *
 * The cycles among the steps: strongly connected components, by Tarjan's
 * algorithm with a stack of its own, so that the depth of a schema's
 * dependencies does not matter.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "diff/steps.h"

/* The graph of the nodes that stand by themselves, as arrays: the successors
 * of node n are to[first[n]] up to to[first[n + 1]]. */
typedef struct Graph
{
	int *first;
	int *to;
} Graph;

typedef struct Search
{
	const Graph *graph;
	int *index; /* 0: not seen */
	int *low;
	bool *open;
	int *stack; /* of the open nodes */
	int nstack;
	int *path; /* of the search, and the successor to look at next */
	int *next;
	int seen;
	int components;
} Search;

static void build_graph(ZmSteps *steps, Graph *graph);
static void search(ZmSteps *steps, Search *s, int start);
static void close_component(ZmSteps *steps, Search *s, int node);

int
zm_steps_components(ZmSteps *steps)
{
	Graph graph;
	Search s = {.graph = &graph};
	int n = steps->nnodes;
	int *sizes;
	int tangled = 0;

	build_graph(steps, &graph);
	s.index = palloc_extended(sizeof(int) * (n + 1),
							  MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	s.low = palloc_extended(sizeof(int) * (n + 1), MCXT_ALLOC_HUGE);
	s.open = palloc_extended(n + 1, MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	s.stack = palloc_extended(sizeof(int) * (n + 1), MCXT_ALLOC_HUGE);
	s.path = palloc_extended(sizeof(int) * (n + 1), MCXT_ALLOC_HUGE);
	s.next = palloc_extended(sizeof(int) * (n + 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < n; i++)
	{
		if (steps->nodes[i]->into == NULL && s.index[i] == 0)
			search(steps, &s, i);
	}
	sizes = palloc_extended(sizeof(int) * (s.components + 1),
							MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	for (int i = 0; i < n; i++)
	{
		if (steps->nodes[i]->into == NULL)
			sizes[steps->nodes[i]->component]++;
	}
	for (int i = 0; i < n; i++)
	{
		ZmStepNode *node = steps->nodes[i];

		if (node->into)
			continue;
		if (sizes[node->component] > 1)
			tangled++;
		else
			node->component = -1; /* in no cycle */
	}
	pfree(sizes);
	pfree(s.index);
	pfree(s.low);
	pfree(s.open);
	pfree(s.stack);
	pfree(s.path);
	pfree(s.next);
	pfree(graph.first);
	pfree(graph.to);
	return tangled;
}

static void
build_graph(ZmSteps *steps, Graph *graph)
{
	int n = steps->nnodes;
	int *fill;

	graph->first = palloc_extended(sizeof(int) * (n + 2),
								   MCXT_ALLOC_ZERO | MCXT_ALLOC_HUGE);
	graph->to =
		palloc_extended(sizeof(int) * (steps->nedges + 1), MCXT_ALLOC_HUGE);
	fill = palloc_extended(sizeof(int) * (n + 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < steps->nedges; i++)
	{
		ZmStepNode *before =
			zm_node_root(steps->nodes[steps->edges[i].before]);

		graph->first[before->number + 1]++;
	}
	for (int i = 0; i < n; i++)
	{
		graph->first[i + 1] += graph->first[i];
		fill[i] = graph->first[i];
	}
	for (int i = 0; i < steps->nedges; i++)
	{
		ZmStepNode *before =
			zm_node_root(steps->nodes[steps->edges[i].before]);
		ZmStepNode *after = zm_node_root(steps->nodes[steps->edges[i].after]);

		graph->to[fill[before->number]++] = after->number;
	}
	pfree(fill);
}

static void
search(ZmSteps *steps, Search *s, int start)
{
	int depth = 0;

	s->path[0] = start;
	s->next[0] = s->graph->first[start];
	s->index[start] = s->low[start] = ++s->seen;
	s->stack[s->nstack++] = start;
	s->open[start] = true;
	while (depth >= 0)
	{
		int node = s->path[depth];

		CHECK_FOR_INTERRUPTS();
		if (s->next[depth] < s->graph->first[node + 1])
		{
			int to = s->graph->to[s->next[depth]++];

			if (s->index[to] == 0)
			{
				depth++;
				s->path[depth] = to;
				s->next[depth] = s->graph->first[to];
				s->index[to] = s->low[to] = ++s->seen;
				s->stack[s->nstack++] = to;
				s->open[to] = true;
			}
			else if (s->open[to])
				s->low[node] = Min(s->low[node], s->index[to]);
			continue;
		}
		if (s->low[node] == s->index[node])
			close_component(steps, s, node);
		depth--;
		if (depth >= 0)
			s->low[s->path[depth]] = Min(s->low[s->path[depth]], s->low[node]);
	}
}

static void
close_component(ZmSteps *steps, Search *s, int node)
{
	int member;

	do
	{
		member = s->stack[--s->nstack];
		s->open[member] = false;
		steps->nodes[member]->component = s->components;
	} while (member != node);
	s->components++;
}
