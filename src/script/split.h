/*
 * split.h
 *
 * What the rest of this directory wants of a splitter beyond script.h.
 */
#ifndef ZM_SPLIT_H
#define ZM_SPLIT_H

#include "script/scan.h"

/*
 * Every token of a statement, before zm_splitter_next() returns it.  What is
 * allocated here is gone with the token.
 */
typedef void (*ZmTokenWatcher)(const ZmToken *token, void *arg);

/* Shows the tokens to a watcher; statements then come without their text. */
extern void zm_splitter_watch(ZmSplitter *splitter, ZmTokenWatcher watcher,
							  void *arg);

/* The offset behind the last statement and its semicolon. */
extern Size zm_splitter_position(const ZmSplitter *splitter);

#endif /* ZM_SPLIT_H */
