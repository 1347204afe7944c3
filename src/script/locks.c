/*
 * locks.c
 *
 * About how many locks a statement leaves to be held.
 *
 * Every object that a transaction creates, alters or drops has an entry in
 * the server's lock table until it ends, and a history of a few thousand
 * revisions in one transaction can fill it.  The user learns so beforehand.
 *
 * The numbers are those of pg_locks after such statements.  An entry is made
 * once per object and transaction, however often the object is named; the
 * statements are counted one by one, so what creates and drops counts in
 * full, and what only uses objects that are there does not count at all: a
 * million INSERTs into a table hold as many locks as one.
 *
 * Rule: nothing depends on the estimate but a warning.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include "compat.h"
#include "script/script.h"

/* A relation depends on its row type; a constraint is an object, too. */
#define RELATION (1 + dependency())
#define TOAST_TABLE 2 /* and its index */
#define INDEX 1
#define INDEX_CONSTRAINT (1 + dependency())
#define SEQUENCE 1
#define FOREIGN_KEY (1 + dependency()) /* and, mostly, the other's key */
#define TYPE dependency()
#define TRIGGER dependency()

/* With its types, the TOAST table and one index. */
#define DROPPED_TABLE 8
#define DROPPED_VIEW 4
#define DROPPED_SCHEMA 50
#define DROPPED_OTHER 2

/* The copy that takes the table's place. */
#define REWRITTEN_TABLE 10

/* An extension's, from a handful of functions to hundreds of objects. */
#define EXTENSION 20

/* A row that can be wider has a TOAST table: TOAST_TUPLE_THRESHOLD. */
#define WIDE_ROW 2000

static int dependency(void);
static int locks_of_drop(const DropStmt *drop);
static int locks_of_alter(const AlterTableStmt *alter);
static int locks_of_table(const CreateStmt *table);
static int locks_of_column(const ColumnDef *column, int *width);
static int locks_of_constraint(const Constraint *constraint);
static bool is_serial(const TypeName *type);
static int width_of(const TypeName *type);
static bool is_one_of(const char *name, const char *names);

int
zm_lock_estimate(RawStmt *parsetree)
{
	Node *statement = parsetree->stmt;

	switch (nodeTag(statement))
	{
		case T_CreateStmt:
			return locks_of_table((CreateStmt *) statement);
		case T_CreateForeignTableStmt:
			return RELATION;
		case T_CreateTableAsStmt:
			return RELATION + TOAST_TABLE;
		case T_ViewStmt:
		case T_CompositeTypeStmt:
			return RELATION;
		case T_IndexStmt:
			return INDEX;
		case T_CreateSeqStmt:
			return SEQUENCE;
		case T_CreateEnumStmt:
		case T_CreateRangeStmt:
		case T_CreateDomainStmt:
			return TYPE;
		case T_CreateTrigStmt:
			return TRIGGER;
		case T_CreateExtensionStmt:
			return EXTENSION;
		case T_AlterTableStmt:
			return locks_of_alter((AlterTableStmt *) statement);
		case T_RenameStmt:
		case T_AlterObjectSchemaStmt:
		case T_AlterOwnerStmt:
		case T_AlterEnumStmt:
			return 1;
		case T_DropStmt:
			return locks_of_drop((DropStmt *) statement);
		case T_RepackStmt: /* also CLUSTER */
		case T_RefreshMatViewStmt:
			return REWRITTEN_TABLE;
		default:
			return 0;
	}
}

/*
 * What a new object depends on is locked as well, but for what the server
 * cannot do without: since minor releases of 2026.
 */
static int
dependency(void)
{
	int version =
		pg_strtoint32(GetConfigOption("server_version_num", false, false));

	switch (version / 10000)
	{
		case 15:
			return version >= 150019;
		case 16:
			return version >= 160015;
		case 17:
			return version >= 170011;
		case 18:
			return version >= 180005;
		default:
			return 1;
	}
}

static int
locks_of_drop(const DropStmt *drop)
{
	int objects = list_length(drop->objects);

	switch (drop->removeType)
	{
		case OBJECT_TABLE:
		case OBJECT_FOREIGN_TABLE:
		case OBJECT_MATVIEW:
			return objects * DROPPED_TABLE;
		case OBJECT_VIEW:
			return objects * DROPPED_VIEW;
		case OBJECT_SCHEMA:
		case OBJECT_EXTENSION:
			return objects *
				   (drop->behavior == DROP_CASCADE ? DROPPED_SCHEMA : 1);
		default:
			return objects * DROPPED_OTHER;
	}
}

/* A change of type may rewrite the table, or not. */
static int
locks_of_alter(const AlterTableStmt *alter)
{
	ListCell *lc;
	int locks = 1;
	int width = 0;

	foreach (lc, alter->cmds)
	{
		const AlterTableCmd *cmd = lfirst_node(AlterTableCmd, lc);

		if (cmd->subtype == AT_AddColumn)
			locks += locks_of_column(castNode(ColumnDef, cmd->def), &width);
		else if (cmd->subtype == AT_AddConstraint)
			locks += locks_of_constraint(castNode(Constraint, cmd->def));
	}
	return locks;
}

static int
locks_of_table(const CreateStmt *table)
{
	ListCell *lc;
	int width = 0;
	int locks = RELATION + list_length(table->inhRelations);

	foreach (lc, table->tableElts)
	{
		Node *element = lfirst(lc);

		if (IsA(element, ColumnDef))
			locks += locks_of_column((ColumnDef *) element, &width);
		else if (IsA(element, Constraint))
			locks += locks_of_constraint((Constraint *) element);
	}
	/* A partitioned table has no storage of its own. */
	if (width > WIDE_ROW && table->partspec == NULL)
		locks += TOAST_TABLE;
	return locks;
}

static int
locks_of_column(const ColumnDef *column, int *width)
{
	ListCell *lc;
	int locks = 0;

	if (column->typeName)
	{
		*width += width_of(column->typeName);
		if (is_serial(column->typeName))
			locks += SEQUENCE;
	}
	foreach (lc, column->constraints)
	{
		if (IsA(lfirst(lc), Constraint)) /* COLLATE can be there, too */
			locks += locks_of_constraint(lfirst(lc));
	}
	return locks;
}

static int
locks_of_constraint(const Constraint *constraint)
{
	switch (constraint->contype)
	{
		case CONSTR_PRIMARY:
		case CONSTR_UNIQUE:
		case CONSTR_EXCLUSION:
			return INDEX_CONSTRAINT;
		case CONSTR_FOREIGN:
			return FOREIGN_KEY;
		case CONSTR_IDENTITY:
			return SEQUENCE;
		default:
			return 0;
	}
}

static bool
is_serial(const TypeName *type)
{
	return type->names != NIL &&
		   is_one_of(strVal(llast(type->names)),
					 " serial bigserial smallserial serial2 serial4 serial8 ");
}

/* How wide a value can be, or too wide, as it is for all types not known. */
static int
width_of(const TypeName *type)
{
	const char *name = type->names ? strVal(llast(type->names)) : "";
	const A_Const *limit;

	if (type->arrayBounds != NIL || type->names == NIL)
		return WIDE_ROW + 1;
	if (is_serial(type) ||
		is_one_of(name, " bool char int2 int4 int8 oid float4 float8 money "
						"date time timetz timestamp timestamptz interval uuid "
						"name point macaddr macaddr8 pg_lsn xid cid tid "))
		return 16;

	/* Types with a length; numeric's digits take less than a byte each. */
	if (!is_one_of(name, " varchar bpchar numeric bit varbit ") ||
		type->typmods == NIL || !IsA(linitial(type->typmods), A_Const))
		return WIDE_ROW + 1;
	limit = linitial(type->typmods);
	if (!IsA(&limit->val, Integer))
		return WIDE_ROW + 1;
	if (is_one_of(name, " varchar bpchar "))
		return Min(limit->val.ival.ival, WIDE_ROW) *
				   pg_database_encoding_max_length() +
			   4;
	return Min(limit->val.ival.ival, WIDE_ROW);
}

/* Is the name among these, each between two blanks? */
static bool
is_one_of(const char *name, const char *names)
{
	Size length = strlen(name);

	for (const char *at = names; (at = strstr(at, name)) != NULL; at++)
	{
		if (at > names && at[-1] == ' ' && at[length] == ' ')
			return true;
	}
	return false;
}
