/*
 * history.h
 *
 * Histories of other tools, on their way in.
 */
#ifndef ZM_API_HISTORY_H
#define ZM_API_HISTORY_H

#include "fmgr.h"

#include "import/import.h"

/* Refuses a format that there is none of. */
extern void zm_check_format(const char *format);

/* Is it to be read as native files: asked for, or recognised by a header? */
extern bool zm_reads_native(const char *format, List *sources);

/* The placeholders of a jsonb argument, as ZmPlaceholder *. */
extern List *zm_arg_placeholders(FunctionCallInfo fcinfo, int n);

/* A file of a directory, as bytes; what is wrong with it is a finding. */
struct ZmFile;
extern void zm_history_add_file(ZmHistory *history, const struct ZmFile *file);
/* A file that the client sent; the name is not copied. */
extern void zm_history_add_text(ZmHistory *history, const char *name,
								const char *content);
/* Is the content of a file of this name worth reading? */
extern bool zm_history_reads(const char *name);

/*
 * Lets the importer for the format, or the only one that recognises the
 * files, make revisions of them.  Findings are told: notes as NOTICEs,
 * problems as WARNINGs if partial, else as one ZM015.
 */
extern void zm_history_import(ZmHistory *history, const char *format,
							  bool partial);

#endif /* ZM_API_HISTORY_H */
