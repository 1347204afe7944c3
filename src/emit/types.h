/*
 * types.h
 *
 * What the emitters must know of the server's own types.
 */
#ifndef ZM_EMIT_TYPES_H
#define ZM_EMIT_TYPES_H

/* How a value of one type becomes one of another. */
typedef enum ZmCast
{
	ZM_CAST_AUTOMATIC, /* the server does it unasked, and checks lengths */
	ZM_CAST_EXPLICIT,  /* there is a cast, but it must be asked for */
	ZM_CAST_TEXT	   /* through its text, which any type has */
} ZmCast;

/* Types as format_type() writes them. */
extern ZmCast zm_type_cast(const char *from, const char *to);

/* The storage that a column of the type has unless told otherwise. */
extern const char *zm_type_storage(const char *type);

#endif /* ZM_EMIT_TYPES_H */
