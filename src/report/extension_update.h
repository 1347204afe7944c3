/*
 * extension_update.h
 *
 * Which updates of extensions the server has scripts for.
 */
#ifndef ZM_EXTENSION_UPDATE_H
#define ZM_EXTENSION_UPDATE_H

/* Asked only about versions that differ: the answer reads the directory of
 * extensions. */
extern bool zm_extension_updates(const char *name, const char *from,
								 const char *to);

#endif /* ZM_EXTENSION_UPDATE_H */
