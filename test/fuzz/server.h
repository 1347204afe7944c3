/*
 * server.h
 *
 * Between the fuzzer and its stand-ins for the server.
 */
#ifndef ZM_FUZZ_SERVER_H
#define ZM_FUZZ_SERVER_H

#include "import/import.h"

/* What has been allocated since the last call. */
extern void zm_fuzz_free_all(void);

/* Aborts unless it is a line of the file; 0 and the one behind the last are
 * allowed. */
extern void zm_fuzz_check_place(const ZmHistory *history, const char *file,
								int line);

#endif /* ZM_FUZZ_SERVER_H */
