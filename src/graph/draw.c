#include "postgres.h"
#include "graph/graph_internal.h"
List *
zm_draw_text(const ZmGraph *graph, const ZmRevs *rows)
{
	return NIL;
}

List *
zm_draw_dot(const ZmGraph *graph, const ZmRevs *rows)
{
	return NIL;
}

List *
zm_draw_mermaid(const ZmGraph *graph, const ZmRevs *rows)
{
	return NIL;
}
