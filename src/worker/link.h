/*
 * link.h
 *
 * What a session and its worker share: a segment of memory with what the
 * worker has to know to connect, and a queue in either direction.
 *
 * Requests go down whole.  Replies come up as messages of the protocol
 * between server and client, as the server writes them: errors and notices
 * are its own, and of the others these are used in a sense of ours.
 */
#ifndef ZM_LINK_H
#define ZM_LINK_H

#define ZM_LINK_MAGIC 0x7a6d776b

/* Keys of the table of contents */
#define ZM_LINK_IDENTITY 1
#define ZM_LINK_SETTINGS 2
#define ZM_LINK_REQUESTS 3
#define ZM_LINK_REPLIES 4

#define ZM_LINK_QUEUE_SIZE ((Size) 64 * 1024)

#define ZM_REPLY_PART 'd'  /* a piece of the answer */
#define ZM_REPLY_READY 'Z' /* the request is done */

/* Where to connect, and as whom. */
typedef struct ZmLinkIdentity
{
	Oid database;
	Oid login; /* to connect as: a role that may log in */
	Oid role;  /* to run as: the session's current role */
	bool closed;
	int nsettings; /* name, NUL, value, NUL, ... */
} ZmLinkIdentity;

#endif /* ZM_LINK_H */
