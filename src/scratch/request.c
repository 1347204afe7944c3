/*
 * request.c
 *
 * Steps and pictures as one text.
 */
#include "postgres.h"

#include "scratch/request.h"

void
zm_scratch_put(StringInfo out, const char *text)
{
	appendStringInfo(out, "%zu:%s", strlen(text), text);
}

char *
zm_scratch_next(const char **in)
{
	char *end;
	Size length;
	char *text;

	if (**in == '\0')
		return NULL;
	length = strtoul(*in, &end, 10);
	text = pnstrdup(end + 1, length);
	*in = end + 1 + length;
	return text;
}

void
zm_scratch_put_step(StringInfo out, const ZmScratchStep *step)
{
	zm_scratch_put(out, step->label);
	zm_scratch_put(out, step->script);
	zm_scratch_put(out, step->snapshot ? "1" : "0");
}

bool
zm_scratch_next_step(const char **in, ZmScratchStep *step)
{
	step->label = zm_scratch_next(in);
	if (step->label == NULL)
		return false;
	step->script = zm_scratch_next(in);
	step->snapshot = *zm_scratch_next(in) == '1';
	return true;
}
