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

/* Goes on at this offset, which is not before that position. */
extern void zm_splitter_jump(ZmSplitter *splitter, Size offset);

/*
 * For those who take commands of psql for themselves: called with the offsets
 * of the backslash and of the name behind it, returns the offset to go on at.
 * The script's text is whole meanwhile.
 */
typedef Size (*ZmMetacommandReader)(Size backslash, Size name,
									bool within_statement, void *arg);
extern void zm_splitter_read_metacommands(ZmSplitter *splitter,
										  ZmMetacommandReader reader,
										  void *arg);

#endif /* ZM_SPLIT_H */
