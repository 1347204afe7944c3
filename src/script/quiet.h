/*
 * quiet.h
 *
 * Keeping the scanner's and the parser's messages to ourselves.
 */
#ifndef ZM_QUIET_H
#define ZM_QUIET_H

/* On the caller's stack, or in a struct that outlives the quiet. */
typedef struct ZmQuiet
{
	ErrorContextCallback callback;
	int level; /* client_min_messages as it was */
} ZmQuiet;

/* Nothing below ERROR reaches the client between the two; no nesting. */
extern void zm_quiet_begin(ZmQuiet *quiet);
extern void zm_quiet_end(ZmQuiet *quiet);

#endif /* ZM_QUIET_H */
