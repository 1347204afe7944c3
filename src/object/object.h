/*
 * object.h
 *
 * What a schema is made of: objects, their kinds and attributes.
 *
 * A ZmSchema is a picture of one database.  Each object has a kind, an
 * identity that is unique within the kind, attributes that are texts, a parent
 * if it is a part of another object, and the objects that it needs.  Every
 * kind and every attribute is declared in kinds.c, and nowhere else: a
 * snapshot fills them in, the differ compares them, the emitter writes them.
 *
 * Rule: pure data.  Nothing here reads a catalog or knows an OID, so that a
 * picture can be written as text, sent to another process and read again.
 */
#ifndef ZM_OBJECT_H
#define ZM_OBJECT_H

#include "lib/stringinfo.h"
#include "nodes/pg_list.h"
#include "utils/hsearch.h"

/* In the order in which a schema is best read and, where nothing else
 * decides, made. */
typedef enum ZmKindId
{
	ZM_KIND_SCHEMA,
	ZM_KIND_EXTENSION,
	ZM_KIND_LANGUAGE,
	ZM_KIND_ACCESS_METHOD,
	ZM_KIND_COLLATION,
	ZM_KIND_SHELL_TYPE,
	ZM_KIND_ENUM,
	ZM_KIND_DOMAIN,
	ZM_KIND_DOMAIN_CONSTRAINT,
	ZM_KIND_COMPOSITE_TYPE,
	ZM_KIND_ATTRIBUTE,
	ZM_KIND_RANGE,
	ZM_KIND_BASE_TYPE,
	ZM_KIND_FOREIGN_DATA_WRAPPER,
	ZM_KIND_SERVER,
	ZM_KIND_USER_MAPPING,
	ZM_KIND_SEQUENCE,
	ZM_KIND_TABLE,
	ZM_KIND_FOREIGN_TABLE,
	ZM_KIND_COLUMN,
	ZM_KIND_DEFAULT,
	ZM_KIND_FUNCTION,
	ZM_KIND_PROCEDURE,
	ZM_KIND_AGGREGATE,
	ZM_KIND_OPERATOR,
	ZM_KIND_OPERATOR_FAMILY,
	ZM_KIND_OPERATOR_CLASS,
	ZM_KIND_OPERATOR_FAMILY_MEMBERS,
	ZM_KIND_CAST,
	ZM_KIND_CONVERSION,
	ZM_KIND_TRANSFORM,
	ZM_KIND_TEXT_SEARCH_PARSER,
	ZM_KIND_TEXT_SEARCH_TEMPLATE,
	ZM_KIND_TEXT_SEARCH_DICTIONARY,
	ZM_KIND_TEXT_SEARCH_CONFIGURATION,
	ZM_KIND_VIEW,
	ZM_KIND_MATERIALIZED_VIEW,
	ZM_KIND_CONSTRAINT,
	ZM_KIND_INDEX,
	ZM_KIND_INHERITANCE,
	ZM_KIND_PARTITION,
	ZM_KIND_FOREIGN_KEY,
	ZM_KIND_STATISTICS,
	ZM_KIND_RULE,
	ZM_KIND_TRIGGER,
	ZM_KIND_PARTITION_TRIGGER,
	ZM_KIND_POLICY,
	ZM_KIND_PUBLICATION,
	ZM_KIND_PUBLICATION_TABLE,
	ZM_KIND_PUBLICATION_SCHEMA,
	ZM_KIND_SUBSCRIPTION,
	ZM_KIND_PRIVILEGES,
	ZM_KIND_DEFAULT_PRIVILEGES,
	ZM_KIND_EVENT_TRIGGER /* it could forbid what comes behind it */
} ZmKindId;

/*
 * Behind an attribute's name: the same text as the parser has to be told it, if
 * another text than the one that is compared makes exactly what there is.
 */
#define ZM_SPELLING " spelling"

/*
 * The same: the text that the server prints, if that names columns by their
 * order.
 */
#define ZM_ORIGINAL " original"

#define ZM_KIND_COUNT (ZM_KIND_EVENT_TRIGGER + 1)

typedef enum ZmAttributeUse
{
	ZM_ALTERABLE = 0, /* a difference is written by the kind's emitter */
	ZM_SETTING,		  /* the same, and the object needs what it needed */
	ZM_FIXED,		  /* a difference can only be had by making it anew */
	ZM_INFORMATION	  /* told, not compared: DDL cannot or need not set it */
} ZmAttributeUse;

typedef struct ZmAttribute
{
	const char *name;
	ZmAttributeUse use;
} ZmAttribute;

/* Every kind has these first; those that a kind cannot have stay NULL. */
#define ZM_OWNER 0
#define ZM_PRIVILEGES 1
#define ZM_COMMENT 2
#define ZM_SECURITY_LABELS 3
#define ZM_EXTENSIONS 4 /* DEPENDS ON EXTENSION */
#define ZM_COMMON_ATTRIBUTES 5

/* Names within one of these spaces exclude each other, whatever the kind. */
typedef enum ZmNamespace
{
	ZM_NAMES_OWN,	   /* only of its own kind */
	ZM_NAMES_RELATION, /* pg_class; those with a row type also take a type's */
	ZM_NAMES_TYPE,
	ZM_NAMES_ROUTINE
} ZmNamespace;

typedef struct ZmKind
{
	const char *name; /* for people and in the canonical text: "table" */
	const char *sql;  /* as in COMMENT ON, with the identity behind it */
	ZmNamespace names;
	char acl_type;	 /* as acldefault() takes it; 0: has no privileges */
	bool has_owner;	 /* ALTER ... OWNER TO */
	bool folds;		 /* may be written inside its parent's CREATE */
	bool with_table; /* has rows that dropping it loses */
	const ZmAttribute *attributes;
	int nattributes; /* without the common ones */
} ZmKind;

typedef struct ZmObject ZmObject;
struct ZmObject
{
	const ZmKind *kind;
	char *schema;	  /* unquoted; NULL: lives in none */
	char *name;		  /* unquoted: its last name, without its arguments */
	char *identity;	  /* quoted and qualified, as COMMENT ON takes it */
	ZmObject *parent; /* dropped with it; NULL: stands alone */
	char **attributes;
	List *needs; /* of ZmObject *, without the parent; sorted once indexed */

	/* Filled by zm_schema_index(). */
	int position;	  /* in the schema's order */
	List *children;	  /* whose parent it is */
	List *dependents; /* that need it, children without such a need left out */
};

typedef struct ZmSchema
{
	MemoryContext context; /* of everything in it */
	List *objects;		   /* ZmObject *; by kind and identity once indexed */
	HTAB *by_identity;
} ZmSchema;

/* kinds.c */
extern const ZmKind *zm_kind(ZmKindId id);
extern ZmKindId zm_kind_id(const ZmKind *kind);
extern const ZmKind *zm_kind_by_name(const char *name); /* or NULL */
/* The index of an attribute of this kind: -1 for an unknown name, or a bug. */
extern int zm_attribute_find(const ZmKind *kind, const char *name);
extern int zm_attribute_index(const ZmKind *kind, const char *name);
extern int zm_attribute_count(const ZmKind *kind);
extern const char *zm_attribute_name(const ZmKind *kind, int index);
extern ZmAttributeUse zm_attribute_use(const ZmKind *kind, int index);

/* schema.c: an empty schema in the current context, and objects in it.  The
 * strings handed over must live as long as the schema. */
extern ZmSchema *zm_schema_create(void);
extern ZmObject *zm_schema_add(ZmSchema *schema, const ZmKind *kind,
							   const char *identity);
extern ZmObject *zm_schema_find(const ZmSchema *schema, const ZmKind *kind,
								const char *identity);
/* Before it is indexed, and nothing else in it knows of these. */
extern void zm_schema_remove(ZmSchema *schema, List *objects);
/* Sorts everything and fills in what objects know of each other. */
extern void zm_schema_index(ZmSchema *schema);

/* Is there one of the kind whose identity begins so?  Once it is indexed. */
extern bool zm_schema_has(const ZmSchema *schema, const ZmKind *kind,
						  const char *beginning);

extern bool zm_is_kind(const ZmObject *object, ZmKindId kind);

/* The value of an attribute, NULL where it is not set. */
extern const char *zm_get(const ZmObject *object, const char *attribute);

/* The same as it has to be written: see the attribute of that name and
 * "spelling", which some kinds have. */
extern const char *zm_spelled(const ZmObject *object, const char *attribute);

/* What is told besides, its spelling or its original; NULL: there is none. */
extern const char *zm_get_beside(const ZmObject *object, const char *attribute,
								 const char *what);
extern bool zm_is(const ZmObject *object, const char *attribute,
				  const char *value);
/* Is a yes/no attribute yes?  Such are "true" or NULL. */
extern bool zm_flag(const ZmObject *object, const char *attribute);
extern void zm_set(ZmObject *object, const char *attribute, char *value);
extern bool zm_differs(const ZmObject *left, const ZmObject *right,
					   const char *attribute);
extern bool zm_same_text(const char *left, const char *right);
/* The elements (char *) of a list attribute, which holds SQL's notation of a
 * text[] (zm_text_list_out()); NIL where it is not set. */
extern List *zm_get_list(const ZmObject *object, const char *attribute);
extern bool zm_needs(const ZmObject *object, const ZmObject *needed);
/* For list_sort(): by the attribute "position", as columns stand. */
extern int zm_by_place(const ListCell *left, const ListCell *right);

/* text.c: the canonical text.  The same schema gives the same bytes; reading
 * it back gives an equal, indexed schema.  A text that is not one is 22023. */
extern char *zm_schema_out(const ZmSchema *schema);
extern ZmSchema *zm_schema_in(const char *text);

#endif /* ZM_OBJECT_H */
