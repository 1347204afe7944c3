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
	char *name; /* without the directory */
	char *content;
	Size length;
} ZmFile;

/*
 * The regular files whose names end with suffix, as ZmFile, by name in the
 * order of bytes.  Rights are the caller's business.
 */
extern List *zm_read_directory(const char *path, const char *suffix);

#endif /* ZM_DIRECTORY_H */
