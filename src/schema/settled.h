/*
 * settled.h
 *
 * SQL text of the server that stays as it is.
 */
#ifndef ZM_SETTLED_H
#define ZM_SETTLED_H

/*
 * An expression or a definition, as the server prints it, in the form that it
 * prints once it has read it again.  The text itself, or one in the current
 * memory context.
 *
 * The spelling, if asked for, is the same text as the parser has to be told it,
 * so that the server prints it as it was; NULL if that is the settled form, or
 * if there is no such text.
 */
extern char *zm_settled(char *sql, char **spelling);

#endif /* ZM_SETTLED_H */
