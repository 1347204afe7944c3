/*
 * echo.h
 *
 * Telling the steps of a run while it goes on.
 */
#ifndef ZM_ECHO_H
#define ZM_ECHO_H

#include "lib/stringinfo.h"
#include "portability/instr_time.h"

typedef struct ZmEcho
{
	int told;			 /* steps so far */
	instr_time last;	 /* when the client last heard of one */
	StringInfoData held; /* lines that it has not heard of yet */
} ZmEcho;

extern ZmEcho *zm_echo_create(void);
extern void zm_echo_tell(ZmEcho *echo, const char *title);
/* Tells what is held back: at the end of the run and before an error. */
extern void zm_echo_flush(ZmEcho *echo);

#endif /* ZM_ECHO_H */
