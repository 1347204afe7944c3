/*
 * crc.c
 *
 * Checksums of text files.
 */
#include "postgres.h"

#include "utils/pg_crc.h"

#include "util/crc.h"

int32
zm_crc_of_lines(const char *text, Size length)
{
	pg_crc32 crc;
	Size start = 0;

	INIT_TRADITIONAL_CRC32(crc);
	for (Size i = 0; i <= length; i++)
	{
		if (i < length && text[i] != '\n' && text[i] != '\r')
			continue;
		COMP_TRADITIONAL_CRC32(crc, text + start, i - start);
		start = i + 1;
	}
	FIN_TRADITIONAL_CRC32(crc);
	return (int32) crc;
}
