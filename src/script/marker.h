/*
 * marker.h
 *
 * The lines that divide a revision file.
 */
#ifndef ZM_MARKER_H
#define ZM_MARKER_H

#define ZM_UPGRADE_MARKER "-- zishu:upgrade"
#define ZM_DOWNGRADE_MARKER "-- zishu:downgrade"

typedef enum ZmMarker
{
	ZM_NO_MARKER,
	ZM_UPGRADE_SECTION,
	ZM_DOWNGRADE_SECTION,
	ZM_MISSPELT_MARKER
} ZmMarker;

/* A line of a text. */
typedef struct ZmRevisionLine
{
	int number;		  /* from 1 */
	const char *text; /* not terminated */
	Size length;	  /* without blanks and line feed at its end */
	Size start;		  /* its offset in the text */
	Size next;		  /* the offset behind it and its line feed */
	bool cr_lf;		  /* it ends with both */
} ZmRevisionLine;

/*
 * Steps to the next line; false at the end.  A zeroed struct stands before
 * the first one.
 */
extern bool zm_revision_line(const char *text, Size length,
							 ZmRevisionLine *line);

extern ZmMarker zm_marker_of(const ZmRevisionLine *line);

#endif /* ZM_MARKER_H */
