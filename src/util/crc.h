/*
 * crc.h
 *
 * Checksums of text files.
 */
#ifndef ZM_CRC_H
#define ZM_CRC_H

/*
 * The CRC-32 over the lines of a text without their ends, as Flyway keeps it
 * of a script.  The text is as in the file: in UTF-8.
 */
extern int32 zm_crc_of_lines(const char *text, Size length);

#endif /* ZM_CRC_H */
