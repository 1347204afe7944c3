/*
 * q_routine.c
 *
 * Catalog queries: functions, procedures, aggregates, operators and their
 * classes and families, and casts.
 */
#include "postgres.h"

#include "compat.h"
#include "schema/queries.h"

#define FUNCTION_IDENTITY "p.oid::regprocedure::text"

/* Types alone could also be those of all arguments of another procedure, the
 * ones that it hands out among them. */
#define PROCEDURE_IDENTITY                                                 \
	ZM_SQL_QUALIFIED("n.nspname", "p.proname")                             \
	" || '(' || coalesce((SELECT string_agg('IN ' || "                     \
	"format_type(u.type, NULL), ',' ORDER BY u.n) "                        \
	"FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u (type, n)), '') " \
	"|| ')'"

/* The arguments with defaults that need nothing: of the same number and types.
 * That of a polymorphic argument has its type from what it is. */
#define HELD_ARGUMENTS                                                               \
	"(SELECT string_agg(concat("                                                     \
	"CASE a.mode WHEN 'b' THEN 'INOUT ' WHEN 'o' THEN 'OUT ' "                       \
	"WHEN 'v' THEN 'VARIADIC ' END, "                                                \
	"quote_ident(NULLIF(a.name, '')) || ' ', format_type(a.type, NULL), "            \
	"CASE WHEN a.mode = 'o' OR a.input <= p.pronargs - p.pronargdefaults THEN NULL " \
	"WHEN a.type IN (SELECT oid FROM pg_type WHERE typtype = 'p') "                  \
	"THEN ' DEFAULT ' || pg_get_function_arg_default(p.oid, a.n::int4) "             \
	"ELSE ' DEFAULT NULL' END), ', ' ORDER BY a.n) "                                 \
	"FROM (SELECT u.*, CASE WHEN u.mode IS DISTINCT FROM 'o' THEN "                  \
	"count(*) FILTER (WHERE u.mode IS DISTINCT FROM 'o') OVER (ORDER BY u.n) "       \
	"END AS input FROM ROWS FROM (unnest(coalesce(p.proallargtypes, "                \
	"p.proargtypes::oid[])), unnest(p.proargmodes), unnest(p.proargnames)) "         \
	"WITH ORDINALITY u (type, mode, name, n) "                                       \
	"WHERE u.mode IS DISTINCT FROM 't' AND u.type IS NOT NULL) a)"

/* The server makes the constructors of ranges by itself. */
#define ROUTINE(kinds, identity)                                          \
	"SELECT 'pg_proc'::regclass::oid AS classid, p.oid AS objid, "        \
	"n.nspname::text AS schema, p.proname::text AS name, " identity       \
	" AS identity, p.proowner AS owner, p.proacl AS privileges, "         \
	"pg_get_function_identity_arguments(p.oid) AS arguments, "            \
	"pg_get_expr(p.proargdefaults, 0) AS \"argument defaults\", "         \
	"CASE WHEN p.pronargdefaults > 0 THEN " HELD_ARGUMENTS                \
	" END AS \"held arguments\", "                                        \
	"NULLIF(p.pronargdefaults, 0) AS \"default count\", "                 \
	"pg_get_function_result(p.oid) AS result, "                           \
	"p.prokind = 'w' AS window, p.provolatile = 'i' AS immutable, "       \
	"p.provolatile = 'v' AS volatile, "                                   \
	"CASE WHEN p.prosqlbody IS NULL THEN 'string' ELSE 'atomic' END "     \
	"AS \"body form\", "                                                  \
	"l.lanname::text AS language, "                                       \
	"rtrim(pg_get_functiondef(p.oid), E'\\n') AS definition "             \
	"FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "       \
	"JOIN pg_language l ON l.oid = p.prolang "                            \
	"WHERE p.prokind IN (" kinds ") AND " ZM_SQL_USER_SCHEMA(             \
		"n") " AND NOT EXISTS (SELECT FROM pg_depend d "                  \
			 "WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid " \
			 "AND d.deptype IN ('e', 'i'))"

/* The types of an aggregate's arguments, as COMMENT ON takes them: direct ones,
 * then those that are aggregated.  If any number of direct ones stands last,
 * the aggregated ones are of the same types. */
#define AGGREGATE_TYPES                              \
	"CASE WHEN p.pronargs = 0 THEN '*' "             \
	"WHEN a.aggkind = 'n' THEN types.aggregated "    \
	"ELSE concat_ws(' ', types.direct, 'ORDER BY', " \
	"coalesce(types.aggregated, types.last)) END"

#define JOIN_AGGREGATE_TYPES                                                   \
	"LEFT JOIN LATERAL (SELECT "                                               \
	"string_agg(t.name, ', ' ORDER BY t.n) "                                   \
	"FILTER (WHERE t.n <= a.aggnumdirectargs) AS direct, "                     \
	"string_agg(t.name, ', ' ORDER BY t.n) "                                   \
	"FILTER (WHERE t.n > a.aggnumdirectargs) AS aggregated, "                  \
	"max(t.name) FILTER (WHERE t.n = p.pronargs) AS last "                     \
	"FROM (SELECT CASE WHEN u.n = p.pronargs AND p.provariadic <> 0 "          \
	"THEN 'VARIADIC ' ELSE '' END || format_type(u.type, NULL) AS name, u.n "  \
	"FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u (type, n)) t) types " \
	"ON true "

/* A member that goes with a session (see passing.c) is not told. */
#define LASTS(class, schema, id)                              \
	"NOT EXISTS (SELECT FROM " class                          \
		" made JOIN pg_namespace place "                      \
		"ON place.oid = made." schema " WHERE made.oid = " id \
		" AND place.nspname LIKE 'pg\\_temp\\_%')"

#define MEMBER_LASTS(part_class, schema, part, left, right) \
	LASTS(part_class, schema, part)                         \
	" AND " LASTS("pg_type", "typnamespace",                \
				  left) " AND " LASTS("pg_type", "typnamespace", right)

#define OPERATOR_LASTS                                       \
	MEMBER_LASTS("pg_operator", "oprnamespace", "m.amopopr", \
				 "m.amoplefttype", "m.amoprighttype")

#define FUNCTION_LASTS                                                      \
	MEMBER_LASTS("pg_proc", "pronamespace", "m.amproc", "m.amproclefttype", \
				 "m.amprocrighttype")

/* A member of an operator family: what ALTER OPERATOR FAMILY ... DROP takes, a
 * TAB, what ADD takes. */
#define OPERATOR_MEMBER                                                        \
	"'OPERATOR ' || m.amopstrategy || ' (' || "                                \
	"format_type(m.amoplefttype, NULL) || ', ' || "                            \
	"format_type(m.amoprighttype, NULL) || E')\\tOPERATOR ' || "               \
	"m.amopstrategy || ' ' || m.amopopr::regoperator || "                      \
	"CASE WHEN sf.oid IS NOT NULL THEN ' FOR ORDER BY ' || " ZM_SQL_QUALIFIED( \
		"sfn.nspname", "sf.opfname") " ELSE '' END"

#define FUNCTION_MEMBER                                                      \
	"'FUNCTION ' || m.amprocnum || ' (' || "                                 \
	"format_type(m.amproclefttype, NULL) || ', ' || "                        \
	"format_type(m.amprocrighttype, NULL) || E')\\tFUNCTION ' || "           \
	"m.amprocnum || ' (' || format_type(m.amproclefttype, NULL) || ', ' || " \
	"format_type(m.amprocrighttype, NULL) || ') ' || m.amproc::regprocedure"

/*
 * The members that belong to what column (of pg_depend) says: those that a
 * class was made with to it, all others to the family.
 */
#define OPERATORS(class, type)                                          \
	"(SELECT d.refobjid, array_agg(" OPERATOR_MEMBER                    \
	" ORDER BY m.amopstrategy, format_type(m.amoplefttype, NULL) "      \
	"COLLATE \"C\", format_type(m.amoprighttype, NULL) COLLATE \"C\") " \
	"AS members FROM pg_depend d JOIN pg_amop m ON m.oid = d.objid "    \
	"LEFT JOIN pg_opfamily sf ON sf.oid = m.amopsortfamily "            \
	"LEFT JOIN pg_namespace sfn ON sfn.oid = sf.opfnamespace "          \
	"WHERE d.classid = 'pg_amop'::regclass "                            \
	"AND d.refclassid = '" class "'::regclass "                         \
								 "AND d.deptype = '" type               \
								 "' AND " OPERATOR_LASTS                \
								 " GROUP BY d.refobjid)"

#define FUNCTIONS(class, type)                                            \
	"(SELECT d.refobjid, array_agg(" FUNCTION_MEMBER                      \
	" ORDER BY m.amprocnum, format_type(m.amproclefttype, NULL) "         \
	"COLLATE \"C\", format_type(m.amprocrighttype, NULL) COLLATE \"C\") " \
	"AS members FROM pg_depend d JOIN pg_amproc m ON m.oid = d.objid "    \
	"WHERE d.classid = 'pg_amproc'::regclass "                            \
	"AND d.refclassid = '" class "'::regclass "                           \
								 "AND d.deptype = '" type                 \
								 "' AND " FUNCTION_LASTS                  \
								 " GROUP BY d.refobjid)"

/* Is this of the user's? */
#define OF_USER(class, oid)                            \
	"EXISTS (SELECT FROM (SELECT " oid " AS id) used " \
	"WHERE used.id >= 16384 AND " ZM_SQL_NOT_MEMBER(class, "used.id") ")"

#define TYPE_OF_USER(oid)                                                  \
	OF_USER("pg_type",                                                     \
			"coalesce((SELECT e.typelem FROM pg_type e WHERE e.oid = " oid \
			" AND e.typcategory = 'A'), " oid ")")

#define MADE_OF_USERS(part_class, part, left, right)   \
	"(" OF_USER(part_class, part) " OR " TYPE_OF_USER( \
		left) " OR " TYPE_OF_USER(right) ")"

/* Not with a class: only members that a class was made with depend on it. */
#define WITHOUT_CLASS(class)                                     \
	"NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = m.oid " \
	"AND d.refclassid = 'pg_opclass'::regclass "                 \
	"AND d.classid = '" class "'::regclass)"

/*
 * Those that the user added to a family of the server's or of an extension.
 * Extensions add members to the server's families, too, by functions and
 * operators of their own; what an extension adds to its own families is told
 * from what the user does by having nothing of the user's in it.
 */
/* clang-format off */
#define ADDED(class, family, part_class, part, left, right, lasts)       \
	" WHERE " lasts " AND m.oid >= 16384 AND " WITHOUT_CLASS(class)      \
	" AND CASE WHEN m." family " < 16384 THEN "                          \
	ZM_SQL_NOT_MEMBER(part_class, "m." part)                             \
	" ELSE NOT " ZM_SQL_NOT_MEMBER("pg_opfamily", "m." family)           \
	" AND " MADE_OF_USERS(part_class, "m." part, "m." left, "m." right)  \
	" END GROUP BY m." family ")"
/* clang-format on */

#define ADDED_OPERATORS                                                    \
	"(SELECT m.amopfamily AS family, array_agg(" OPERATOR_MEMBER           \
	" ORDER BY m.amopstrategy, format_type(m.amoplefttype, NULL) "         \
	"COLLATE \"C\", format_type(m.amoprighttype, NULL) COLLATE \"C\") "    \
	"AS members FROM pg_amop m "                                           \
	"LEFT JOIN pg_opfamily sf ON sf.oid = m.amopsortfamily "               \
	"LEFT JOIN pg_namespace sfn ON sfn.oid = sf.opfnamespace " ADDED(      \
		"pg_amop", "amopfamily", "pg_operator", "amopopr", "amoplefttype", \
		"amoprighttype", OPERATOR_LASTS)

#define ADDED_FUNCTIONS                                                     \
	"(SELECT m.amprocfamily AS family, array_agg(" FUNCTION_MEMBER          \
	" ORDER BY m.amprocnum, format_type(m.amproclefttype, NULL) "           \
	"COLLATE \"C\", format_type(m.amprocrighttype, NULL) COLLATE \"C\") "   \
	"AS members FROM pg_amproc m " ADDED(                                   \
		"pg_amproc", "amprocfamily", "pg_proc", "amproc", "amproclefttype", \
		"amprocrighttype", FUNCTION_LASTS)

const ZmQuery zm_queries_routine[] = {
	{ZM_KIND_FUNCTION, ROUTINE("'f', 'w'", FUNCTION_IDENTITY)},
	{ZM_KIND_PROCEDURE, ROUTINE("'p'", PROCEDURE_IDENTITY)},

	{ZM_KIND_AGGREGATE,
	 "SELECT 'pg_proc'::regclass::oid AS classid, p.oid AS objid, "
	 "n.nspname::text AS schema, p.proname::text AS name, " ZM_SQL_QUALIFIED(
		 "n.nspname",
		 "p.proname") " || '(' || " AGGREGATE_TYPES " || ')' AS identity, "
					  "p.proowner AS owner, p.proacl AS privileges, "
					  "CASE WHEN p.pronargs = 0 THEN '*' "
					  "ELSE pg_get_function_arguments(p.oid) END AS arguments, "
					  "p.oid::regprocedure::text AS signature, "
					  "pg_get_function_result(p.oid) AS result, "
					  "NULLIF(a.aggkind, 'n')::text AS type, "
					  "concat_ws(E',\\n    ', "
					  "'SFUNC = ' || a.aggtransfn::regproc, "
					  "'STYPE = ' || format_type(a.aggtranstype, NULL), "
					  "'SSPACE = ' || NULLIF(a.aggtransspace, 0), "
					  "'FINALFUNC = ' || NULLIF(a.aggfinalfn, 0)::regproc, "
					  "CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END, "
					  "CASE WHEN a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' "
					  "ELSE 'w' END::\"char\" THEN 'FINALFUNC_MODIFY = ' || "
					  "CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' "
					  "WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END, "
					  "'COMBINEFUNC = ' || NULLIF(a.aggcombinefn, 0)::regproc, "
					  "'SERIALFUNC = ' || NULLIF(a.aggserialfn, 0)::regproc, "
					  "'DESERIALFUNC = ' || NULLIF(a.aggdeserialfn, 0)::regproc, "
					  "'INITCOND = ' || quote_literal(a.agginitval), "
					  "'MSFUNC = ' || NULLIF(a.aggmtransfn, 0)::regproc, "
					  "'MINVFUNC = ' || NULLIF(a.aggminvtransfn, 0)::regproc, "
					  "'MSTYPE = ' || format_type(NULLIF(a.aggmtranstype, 0), NULL), "
					  "'MSSPACE = ' || NULLIF(a.aggmtransspace, 0), "
					  "'MFINALFUNC = ' || NULLIF(a.aggmfinalfn, 0)::regproc, "
					  "CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END, "
					  "CASE WHEN a.aggmtransfn <> 0 AND a.aggmfinalmodify <> CASE a.aggkind "
					  "WHEN 'n' THEN 'r' ELSE 'w' END::\"char\" THEN 'MFINALFUNC_MODIFY = ' || "
					  "CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' "
					  "WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END, "
					  "'MINITCOND = ' || quote_literal(a.aggminitval), "
					  "'SORTOP = ' || ('OPERATOR(' || quote_ident(son.nspname) || '.' || "
					  "so.oprname || ')'), "
					  "CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' "
					  "WHEN 'r' THEN 'PARALLEL = RESTRICTED' END, "
					  "CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END) AS definition "
					  "FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid "
					  "JOIN pg_namespace n ON n.oid = p.pronamespace " JOIN_AGGREGATE_TYPES
					  "LEFT JOIN pg_operator so ON so.oid = a.aggsortop "
					  "LEFT JOIN pg_namespace son ON son.oid = so.oprnamespace "
					  "WHERE " ZM_SQL_USER_SCHEMA(
						  "n") " AND " ZM_SQL_NOT_MEMBER("pg_proc", "p.oid")},

	/* One without a function is a mere promise. */
	{ZM_KIND_OPERATOR,
	 "SELECT 'pg_operator'::regclass::oid AS classid, o.oid AS objid, "
	 "n.nspname::text AS schema, o.oprname::text AS name, "
	 "quote_ident(n.nspname) || '.' || o.oprname || ' (' || "
	 "CASE WHEN o.oprleft = 0 THEN 'NONE' "
	 "ELSE format_type(o.oprleft, NULL) END || ', ' || "
	 "format_type(o.oprright, NULL) || ')' AS identity, "
	 "o.oprowner AS owner, o.oprcode::regproc::text AS function, "
	 "CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END AS left, "
	 "format_type(o.oprright, NULL) AS right, "
	 "quote_ident(cn.nspname) || '.' || c.oprname AS commutator, "
	 "quote_ident(gn.nspname) || '.' || g.oprname AS negator, "
	 "NULLIF(o.oprrest, 0)::regproc::text AS restrict, "
	 "NULLIF(o.oprjoin, 0)::regproc::text AS join, "
	 "o.oprcanhash AS hashes, o.oprcanmerge AS merges "
	 "FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace "
	 "LEFT JOIN pg_operator c ON c.oid = o.oprcom "
	 "LEFT JOIN pg_namespace cn ON cn.oid = c.oprnamespace "
	 "LEFT JOIN pg_operator g ON g.oid = o.oprnegate "
	 "LEFT JOIN pg_namespace gn ON gn.oid = g.oprnamespace "
	 "WHERE o.oprcode <> 0 AND " ZM_SQL_USER_SCHEMA(
		 "n") " AND " ZM_SQL_NOT_MEMBER("pg_operator", "o.oid")},

	{ZM_KIND_OPERATOR_FAMILY,
	 "SELECT 'pg_opfamily'::regclass::oid AS classid, f.oid AS objid, "
	 "n.nspname::text AS schema, f.opfname::text AS name, " ZM_SQL_QUALIFIED(
		 "n.nspname",
		 "f.opfname") " || ' USING ' || quote_ident(am.amname) AS identity, "
					  "f.opfowner AS owner, o.members AS operators, p.members AS functions "
					  "FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace "
					  "JOIN pg_am am ON am.oid = f.opfmethod "
					  "LEFT JOIN " OPERATORS(
						  "pg_opfamily",
						  "a") " o ON o.refobjid = f.oid "
							   "LEFT JOIN " FUNCTIONS(
								   "pg_opfamily",
								   "a") " p ON p.refobjid = f.oid "
										"WHERE " ZM_SQL_USER_SCHEMA(
											"n") " AND " ZM_SQL_NOT_MEMBER("pg_opfamily",
																		   "f.oid")},

	{ZM_KIND_OPERATOR_FAMILY_MEMBERS,
	 "SELECT 'pg_opfamily'::regclass::oid AS classid, f.oid AS objid, "
	 "1 AS objsubid, "
	 "f.opfname::text AS name, " ZM_SQL_QUALIFIED(
		 "n.nspname",
		 "f.opfname") " || ' USING ' || quote_ident(am.amname) AS identity, "
					  "o.members AS operators, p.members AS functions "
					  "FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace "
					  "JOIN pg_am am ON am.oid = f.opfmethod "
					  "LEFT JOIN " ADDED_OPERATORS " o ON o.family = f.oid "
					  "LEFT JOIN " ADDED_FUNCTIONS " p ON p.family = f.oid "
					  "WHERE o.members IS NOT NULL OR p.members IS NOT NULL"},

	{ZM_KIND_OPERATOR_CLASS,
	 "SELECT 'pg_opclass'::regclass::oid AS classid, c.oid AS objid, "
	 "n.nspname::text AS schema, c.opcname::text AS name, " ZM_SQL_QUALIFIED(
		 "n.nspname",
		 "c.opcname") " || ' USING ' || quote_ident(am.amname) AS identity, "
					  "c.opcowner AS owner, am.amname::text AS \"access method\", "
					  "format_type(c.opcintype, NULL) AS type, " ZM_SQL_QUALIFIED(
						  "fn.nspname",
						  "f.opfname") " AS family, "
									   "c.opcdefault AS \"default\", "
									   "format_type(NULLIF(c.opckeytype, 0), NULL) AS storage, "
									   "o.members AS operators, p.members AS functions "
									   "FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace "
									   "JOIN pg_am am ON am.oid = c.opcmethod "
									   "JOIN pg_opfamily f ON f.oid = c.opcfamily "
									   "JOIN pg_namespace fn ON fn.oid = f.opfnamespace "
									   "LEFT JOIN " OPERATORS(
										   "pg_opclass",
										   "i") " o ON o.refobjid = c.oid "
												"LEFT JOIN " FUNCTIONS(
													"pg_opclass",
													"i") " p ON p.refobjid = c.oid "
														 "WHERE " ZM_SQL_USER_SCHEMA("n") " AND " ZM_SQL_NOT_MEMBER(
															 "pg_opclass",
															 "c.oid")},

	/* The server makes the casts of ranges by itself. */
	{ZM_KIND_CAST,
	 "SELECT 'pg_cast'::regclass::oid AS classid, c.oid AS objid, "
	 "'(' || format_type(c.castsource, NULL) || ' AS ' || "
	 "format_type(c.casttarget, NULL) || ')' AS identity, "
	 "CASE WHEN c.castfunc <> 0 THEN c.castfunc::regprocedure::text END "
	 "AS function, "
	 "CASE c.castmethod WHEN 'b' THEN 'binary' WHEN 'i' THEN 'inout' "
	 "ELSE 'function' END AS method, "
	 "CASE c.castcontext WHEN 'a' THEN 'assignment' "
	 "WHEN 'i' THEN 'implicit' END AS context "
	 "FROM pg_cast c WHERE c.oid >= 16384 AND NOT EXISTS ("
	 "SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass "
	 "AND d.objid = c.oid AND d.deptype IN ('e', 'i'))"},

	{0, NULL}};
