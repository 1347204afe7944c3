/*
 * pieces.c
 *
 * Scripts cut into what a tool can run at a time.
 *
 * Most tools send a script to the server as a whole, where all of it is one
 * transaction.  A statement that needs the top level must then be alone, and
 * so the script becomes several.
 *
 * Rule: statements and comments come out verbatim, unless the tool would take
 * a part of them for an order to itself, or cannot repeat a statement; such a
 * one becomes a DO block that means the same.  Each piece stands by itself:
 * none relies on what another has set in the session.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "engine/inspect.h"
#include "engine/pieces.h"
#include "engine/standalone.h"
#include "script/gap.h"
#include "worker/statement.h"

typedef struct Cutter
{
	const ZmExporter *exporter;
	const ZmScript *script;
	MemoryContext context;
	bool whole;		/* it is not to be cut */
	bool conflicts; /* it should be cut and must not */
	List *pieces;

	/* The piece that is being made. */
	StringInfoData text;
	Size at; /* the script's text is taken up to here */
	int statements;
	int statement_end; /* of the last one, in this text */
	bool top_level;
	bool changes_settings;
	bool makes_temporary;
	bool leaves_something; /* surely, whatever code does that it runs */
	bool terminated;
	bool cut_is_due;
} Cutter;

static void cut(Cutter *cutter, ZmScript *script, const char *action,
				const ZmNode *node);
static void take_statement(const ZmStatement *statement,
						   ZmStatementClass class, RawStmt *raw, void *arg);
static void cut_before(Cutter *cutter, const ZmStatement *statement);
static void note_effects(Cutter *cutter, RawStmt *raw);
static void begin_piece(Cutter *cutter);
static void end_piece(Cutter *cutter);
static void terminate(Cutter *cutter);
static void append_gap(Cutter *cutter, Size end);
static void append_comments(Cutter *cutter, Size end);
static void append_statement(Cutter *cutter, const ZmStatement *statement,
							 RawStmt *raw, bool alone);
static void append_block(StringInfo out, const Cutter *cutter,
						 const ZmStatement *statement, bool repeat);
static void append_literal(StringInfo out, const Cutter *cutter,
						   const char *text);
static bool has_marker(const Cutter *cutter, const char *text);
static bool is_marker(const Cutter *cutter, const char *line);
static bool affects_rows(const Node *statement);
static Size rest_of_line(const ZmScript *script, Size at);

List *
zm_cut_script(ZmScript *script, const char *action, const ZmNode *node,
			  const ZmExporter *exporter)
{
	Cutter cutter = {.exporter = exporter, .script = script};

	cut(&cutter, script, action, node);
	if (cutter.conflicts)
	{
		cutter = (Cutter){.exporter = exporter, .script = script};
		cutter.whole = true;
		cut(&cutter, script, action, node);
	}
	return cutter.pieces;
}

static void
cut(Cutter *cutter, ZmScript *script, const char *action, const ZmNode *node)
{
	ZmInspection inspection;

	cutter->context = CurrentMemoryContext;
	begin_piece(cutter);
	zm_inspect_each(script, action, node->id, node->message, ZM_INSPECT_EXPORT,
					&inspection, take_statement, cutter);
	append_gap(cutter, script->length);
	end_piece(cutter);
}

static void
take_statement(const ZmStatement *statement, ZmStatementClass class,
			   RawStmt *raw, void *arg)
{
	Cutter *cutter = arg;
	bool alone = class == ZM_TOP_LEVEL;
	Size next = statement->end;

	if ((alone || cutter->cut_is_due) && cutter->statements > 0)
		cut_before(cutter, statement);
	append_gap(cutter, statement->start);
	append_statement(cutter, statement, raw, alone);
	cutter->statement_end = cutter->text.len;

	if (statement->terminated)
	{
		append_gap(cutter, zm_gap_end(cutter->script->text,
									  cutter->script->length, next));
		appendStringInfoChar(&cutter->text, ';');
		next = rest_of_line(cutter->script, cutter->at + 1);
		appendBinaryStringInfo(&cutter->text,
							   cutter->script->text + cutter->at + 1,
							   next - cutter->at - 1);
		cutter->at = next;
	}
	cutter->statements++;
	cutter->top_level |= alone;
	cutter->terminated = statement->terminated;
	cutter->cut_is_due = alone || zm_adds_enum_value(raw->stmt);
	note_effects(cutter, raw);
}

static void
cut_before(Cutter *cutter, const ZmStatement *statement)
{
	if (cutter->whole)
		return;
	if (!cutter->leaves_something)
	{
		end_piece(cutter);
		begin_piece(cutter);
	}
	else if (cutter->exporter->may_stay_whole)
		cutter->conflicts = true;
	else
		ereport(
			ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("the script cannot be cut for %s", cutter->exporter->name),
			 errdetail("This statement has to stand in a script of its "
					   "own, and one before it changes settings or makes "
					   "something temporary, which would be gone."),
			 errhint("Write it without them, with qualified names; or "
					 "export as \"psql\".")));
}

/*
 * A DO block or a procedure may set something, and is followed by a reset;
 * that what stands behind it relies on that is not assumed.
 */
static void
note_effects(Cutter *cutter, RawStmt *raw)
{
	bool settings = zm_changes_settings(raw);
	bool temporary = zm_makes_temporary(raw);

	cutter->changes_settings |= settings;
	cutter->makes_temporary |= temporary;
	if (!IsA(raw->stmt, DoStmt) && !IsA(raw->stmt, CallStmt))
		cutter->leaves_something |= settings || temporary;
}

static void
begin_piece(Cutter *cutter)
{
	MemoryContext saved = MemoryContextSwitchTo(cutter->context);

	initStringInfo(&cutter->text);
	MemoryContextSwitchTo(saved);
	cutter->statements = 0;
	cutter->top_level = false;
	cutter->changes_settings = false;
	cutter->makes_temporary = false;
	cutter->leaves_something = false;
	cutter->terminated = false;
	cutter->cut_is_due = false;
}

/* Comments alone are kept if there is nothing else. */
static void
end_piece(Cutter *cutter)
{
	MemoryContext saved;
	ZmPiece *piece;

	if (cutter->text.len == 0)
		return;
	saved = MemoryContextSwitchTo(cutter->context);
	if (cutter->statements > 0 && !cutter->terminated)
		terminate(cutter);
	zm_append_end(&cutter->text, true);
	zm_append_reset(&cutter->text, cutter->changes_settings,
					cutter->makes_temporary);
	piece = palloc0(sizeof(ZmPiece));
	piece->text = cutter->text.data;
	piece->top_level = cutter->top_level;
	cutter->pieces = lappend(cutter->pieces, piece);
	MemoryContextSwitchTo(saved);
}

/* Where a comment follows, the semicolon must not become a part of it. */
static void
terminate(Cutter *cutter)
{
	StringInfo text = &cutter->text;
	const char *rest = text->data + cutter->statement_end;

	if (rest[strspn(rest, " \t\r\n")] == '\0')
	{
		text->len = cutter->statement_end;
		appendStringInfoChar(text, ';');
	}
	else
		zm_append_end(text, false);
}

/* The script from where we are to end, without what is for psql alone. */
static void
append_gap(Cutter *cutter, Size end)
{
	const char *text = cutter->script->text;

	while (cutter->at < end)
	{
		append_comments(cutter, zm_gap_end(text, end, cutter->at));
		if (cutter->at < end && text[cutter->at] == '\\')
			cutter->at += strcspn(text + cutter->at, "\n");
		else if (cutter->at < end) /* a lone semicolon */
			appendStringInfoChar(&cutter->text, text[cutter->at++]);
	}
}

/* A line that the tool would obey gets another dash, and is a comment still.
 */
static void
append_comments(Cutter *cutter, Size end)
{
	const char *text = cutter->script->text;

	while (cutter->at < end)
	{
		const char *line = text + cutter->at;
		const char *feed = memchr(line, '\n', end - cutter->at);
		Size length = feed ? feed + 1 - line : end - cutter->at;

		if ((cutter->text.len == 0 ||
			 cutter->text.data[cutter->text.len - 1] == '\n') &&
			is_marker(cutter, line))
			appendStringInfoChar(&cutter->text, '-');
		appendBinaryStringInfo(&cutter->text, line, length);
		cutter->at += length;
	}
}

static void
append_statement(Cutter *cutter, const ZmStatement *statement, RawStmt *raw,
				 bool alone)
{
	bool repeat = statement->repeat && affects_rows(raw->stmt);
	bool marked = has_marker(cutter, statement->text);

	if (marked && alone)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("the statement cannot be written for %s",
						cutter->exporter->name),
				 errdetail("A line of it would be taken for a marker, and it "
						   "cannot run in a DO block."),
				 errhint("Reword the line.")));
	if (repeat || marked)
		append_block(&cutter->text, cutter, statement, repeat);
	else
		appendBinaryStringInfo(&cutter->text,
							   cutter->script->text + statement->start,
							   statement->end - statement->start);
	cutter->at = statement->end;
}

/* A DO block that runs the statement, until no row is affected if asked. */
static void
append_block(StringInfo out, const Cutter *cutter,
			 const ZmStatement *statement, bool repeat)
{
	StringInfoData body;
	char *quote = pstrdup("$zishu$");

	initStringInfo(&body);
	appendStringInfoString(&body, "\n");
	if (repeat)
		appendStringInfoString(&body, "DECLARE\n  affected bigint;\n");
	appendStringInfoString(&body, "BEGIN\n");
	if (repeat)
		appendStringInfoString(&body, "  LOOP\n    ");
	appendStringInfoString(&body, "  EXECUTE ");
	append_literal(&body, cutter, statement->text);
	appendStringInfoString(&body, ";\n");
	if (repeat)
		appendStringInfoString(&body,
							   "      GET DIAGNOSTICS affected = ROW_COUNT;\n"
							   "      EXIT WHEN affected = 0;\n"
							   "  END LOOP;\n");
	appendStringInfoString(&body, "END\n");

	for (int i = 1; strstr(body.data, quote) != NULL; i++)
		quote = psprintf("$zishu%d$", i);
	appendStringInfo(out, "DO %s%s%s", quote, body.data, quote);
}

/* With line ends as they are, but before what the tool would obey. */
static void
append_literal(StringInfo out, const Cutter *cutter, const char *text)
{
	appendStringInfoString(out, "E'");
	for (; *text; text++)
	{
		if (*text == '\'' || *text == '\\')
			appendStringInfoChar(out, *text);
		if (*text == '\n' && is_marker(cutter, text + 1))
			appendStringInfoString(out, "\\n");
		else
			appendStringInfoChar(out, *text);
	}
	appendStringInfoChar(out, '\'');
}

static bool
has_marker(const Cutter *cutter, const char *text)
{
	while ((text = strchr(text, '\n')) != NULL)
	{
		if (is_marker(cutter, ++text))
			return true;
	}
	return false;
}

static bool
is_marker(const Cutter *cutter, const char *line)
{
	return cutter->exporter->is_marker && cutter->exporter->is_marker(line);
}

/* Is it one that "-- zishu:repeat" repeats? */
static bool
affects_rows(const Node *statement)
{
	return IsA(statement, InsertStmt) || IsA(statement, UpdateStmt) ||
		   IsA(statement, DeleteStmt) || IsA(statement, MergeStmt);
}

/* Behind the line that a statement ends on, if only a comment follows. */
static Size
rest_of_line(const ZmScript *script, Size at)
{
	Size end = at + strspn(script->text + at, " \t\r");

	if (strncmp(script->text + end, "--", 2) == 0)
		end += strcspn(script->text + end, "\n");
	return script->text[end] == '\n' ? end + 1 : at;
}
