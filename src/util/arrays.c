/*
 * arrays.c
 *
 * Arrays of C strings, and SQL's text[].
 *
 * Rule: arrays are taken apart and put together here only, so that nulls and
 * odd dimensions are minded everywhere.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"

#include "compat.h"
#include "util/arrays.h"

Datum
zm_text_array(int n, char **values)
{
	Datum *elements;
	bool *nulls;
	int dim = n;
	int lower = 1;
	ArrayType *array;

	if (n == 0)
		return PointerGetDatum(construct_empty_array(TEXTOID));

	elements = palloc(n * sizeof(Datum));
	nulls = palloc(n * sizeof(bool));
	for (int i = 0; i < n; i++)
	{
		nulls[i] = values[i] == NULL;
		elements[i] = nulls[i] ? (Datum) 0 : CStringGetTextDatum(values[i]);
	}
	array = construct_md_array(elements, nulls, 1, &dim, &lower, TEXTOID, -1,
							   false, TYPALIGN_INT);
	for (int i = 0; i < n; i++)
	{
		if (!nulls[i])
			pfree(DatumGetPointer(elements[i]));
	}
	pfree(elements);
	pfree(nulls);
	return PointerGetDatum(array);
}

Datum
zm_text_array_from_list(List *strings)
{
	char **values = palloc(sizeof(char *) * (list_length(strings) + 1));
	ListCell *lc;
	int n = 0;

	foreach (lc, strings)
		values[n++] = lfirst(lc);
	return zm_text_array(n, values);
}

char *
zm_text_array_out(int n, char **values)
{
	return OidOutputFunctionCall(F_ARRAY_OUT, zm_text_array(n, values));
}

char *
zm_text_list_out(List *strings)
{
	return OidOutputFunctionCall(F_ARRAY_OUT,
								 zm_text_array_from_list(strings));
}

List *
zm_text_list_in(const char *value)
{
	FmgrInfo array_in;
	char **strings;
	int n;
	List *list = NIL;

	if (value == NULL)
		return NIL;
	fmgr_info(F_ARRAY_IN, &array_in);
	strings = zm_strings(
		InputFunctionCall(&array_in, unconstify(char *, value), TEXTOID, -1),
		&n, "list", false);
	for (int i = 0; i < n; i++)
		list = lappend(list, strings[i]);
	return list;
}

/* Elements are taken where they lie: a long history has some per revision. */
char **
zm_strings(Datum array, int *n, const char *what, bool nulls_allowed)
{
	ArrayType *a;
	const uint8 *bitmap;
	char *element;
	char **result;

	*n = 0;
	/* Most arrays are empty: a header alone, and not worth unpacking. */
	if (VARSIZE_ANY_EXHDR(DatumGetPointer(array)) ==
		sizeof(ArrayType) - VARHDRSZ)
		return NULL;
	a = DatumGetArrayTypeP(array);
	Assert(ARR_ELEMTYPE(a) == TEXTOID);
	*n = ArrayGetNItems(ARR_NDIM(a), ARR_DIMS(a));
	if (*n == 0)
		return NULL;
	result = palloc(*n * sizeof(char *));
	bitmap = ARR_NULLBITMAP(a);
	element = ARR_DATA_PTR(a);
	for (int i = 0; i < *n; i++)
	{
		if (bitmap && (bitmap[i / 8] & (1 << (i % 8))) == 0)
		{
			if (!nulls_allowed)
				ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
								errmsg("%s must not contain nulls", what)));
			result[i] = NULL;
			continue;
		}
		result[i] = TextDatumGetCString(PointerGetDatum(element));
		element = (char *) INTALIGN(element + VARSIZE_ANY(element));
	}
	if (PointerGetDatum(a) != array)
		pfree(a);
	return result;
}

char **
zm_strings_minus(int nleft, char **left, int nright, char **right, int *n)
{
	char **sorted = palloc(sizeof(char *) * (nright + 1));
	char **result = palloc(sizeof(char *) * (nleft + 1));

	for (int i = 0; i < nright; i++)
		sorted[i] = right[i];
	qsort(sorted, nright, sizeof(char *), pg_qsort_strcmp);
	*n = 0;
	for (int i = 0; i < nleft; i++)
	{
		if (bsearch(&left[i], sorted, nright, sizeof(char *),
					pg_qsort_strcmp) == NULL)
			result[(*n)++] = left[i];
	}
	pfree(sorted);
	return result;
}
