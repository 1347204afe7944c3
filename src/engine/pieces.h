/*
 * pieces.h
 *
 * Scripts cut into what a tool can run at a time.
 */
#ifndef ZM_PIECES_H
#define ZM_PIECES_H

#include "export/export.h"
#include "script/script.h"

/*
 * Cuts a script for an exporter; a list of ZmPiece * in the current context,
 * which may be empty.  Errors as from zm_inspect_script(); 0A000 for what the
 * tool has no way to run.
 */
extern List *zm_cut_script(ZmScript *script, const char *action,
						   const ZmNode *node, const ZmExporter *exporter);

#endif /* ZM_PIECES_H */
