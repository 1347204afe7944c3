/*
 * directory.h
 *
 * Files in a directory of the server.
 */
#ifndef ZM_DIRECTORY_H
#define ZM_DIRECTORY_H

#include "nodes/pg_list.h"

typedef struct ZmFile
{
	char *name;	   /* below the directory */
	char *content; /* NULL: not read */
	Size length;
	bool is_link;
} ZmFile;

/*
 * The regular files whose names end with suffix, as ZmFile, by name in the
 * order of bytes.  Rights are the caller's business.
 */
extern List *zm_read_directory(const char *path, const char *suffix);

/*
 * The same with its sub-directories, with '/' in the names; those whose names
 * start with a dot are passed over.  wanted tells from a file's name whether
 * its content is read.  Symbolic links are listed but not followed.  Raises
 * 54000 for directories nested deeper than any history's.
 */
extern List *zm_read_tree(const char *path, bool (*wanted)(const char *name));

#endif /* ZM_DIRECTORY_H */
