/*
 * errors.h
 *
 * The SQLSTATEs of zishu_migrate, class ZM.
 *
 * Rule: a condition that a caller may want to tell from another has a code
 * here, is documented in the README's table, and never changes its meaning.
 * Faults of the server keep the server's own codes.
 */
#ifndef ZM_ERRORS_H
#define ZM_ERRORS_H

#define ZM_SQLSTATE(a, b, c) MAKE_SQLSTATE('Z', 'M', a, b, c)

/* Identifiers */
#define ERRCODE_ZM_REVISION_NOT_FOUND ZM_SQLSTATE('0', '0', '1')
#define ERRCODE_ZM_AMBIGUOUS_REVISION ZM_SQLSTATE('0', '0', '2')
#define ERRCODE_ZM_MULTIPLE_HEADS ZM_SQLSTATE('0', '0', '3')
#define ERRCODE_ZM_INVALID_RELATIVE_REVISION ZM_SQLSTATE('0', '0', '4')
#define ERRCODE_ZM_INVALID_REVISION_RANGE ZM_SQLSTATE('0', '0', '5')
#define ERRCODE_ZM_NOT_IN_BRANCH ZM_SQLSTATE('0', '1', '7')
#define ERRCODE_ZM_INVALID_IDENTIFIER ZM_SQLSTATE('0', '2', '0')

/* The shape of the graph */
#define ERRCODE_ZM_REVISION_CYCLE ZM_SQLSTATE('0', '0', '6')
#define ERRCODE_ZM_DUPLICATE_REVISION ZM_SQLSTATE('0', '0', '7')
#define ERRCODE_ZM_OVERLAPPING_VERSIONS ZM_SQLSTATE('0', '0', '8')
#define ERRCODE_ZM_MISSING_PARENT ZM_SQLSTATE('0', '1', '8')
#define ERRCODE_ZM_NOT_A_HEAD ZM_SQLSTATE('0', '1', '9')

/* Running */
#define ERRCODE_ZM_IRREVERSIBLE_REVISION ZM_SQLSTATE('0', '0', '9')
#define ERRCODE_ZM_SCRIPT_CHANGED ZM_SQLSTATE('0', '1', '0')
#define ERRCODE_ZM_NEEDS_ONLINE ZM_SQLSTATE('0', '1', '1')
#define ERRCODE_ZM_NOT_AT_HEAD ZM_SQLSTATE('0', '1', '2')
#define ERRCODE_ZM_MIGRATION_RUNNING ZM_SQLSTATE('0', '1', '4')
#define ERRCODE_ZM_UNFINISHED_REVISION ZM_SQLSTATE('0', '2', '1')

/* Other tools' tables */
#define ERRCODE_ZM_LEDGER_DIFFERS ZM_SQLSTATE('0', '3', '0')

/* Schemas */
#define ERRCODE_ZM_SCHEMA_DIFFERS ZM_SQLSTATE('0', '1', '3')

/* Files and authoring */
#define ERRCODE_ZM_INVALID_REVISION_FILE ZM_SQLSTATE('0', '1', '5')
#define ERRCODE_ZM_REVISION_IN_USE ZM_SQLSTATE('0', '1', '6')

#endif /* ZM_ERRORS_H */
