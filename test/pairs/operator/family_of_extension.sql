-- Members that were added to families of extensions; and those that an
-- extension adds to its own.
CREATE EXTENSION citext;
CREATE EXTENSION btree_gist;
CREATE TYPE mood AS (a int);
CREATE FUNCTION mood_lt(mood, citext) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a < length($2)';
CREATE FUNCTION mood_cmp(mood, citext) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.a - length($2)';
CREATE OPERATOR <<< (FUNCTION = mood_lt, LEFTARG = mood, RIGHTARG = citext);
ALTER OPERATOR FAMILY citext_ops USING btree ADD OPERATOR 1 <<< (mood, citext), FUNCTION 1 (mood, citext) mood_cmp(mood, citext);
-- becomes
CREATE SCHEMA e;
CREATE EXTENSION citext SCHEMA e;
CREATE EXTENSION btree_gist;
CREATE EXTENSION cube;
CREATE TYPE mood AS (a int);
CREATE TYPE moods AS ENUM ('good', 'bad');
CREATE FUNCTION mood_lt(mood, e.citext) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a < length($2)';
CREATE FUNCTION mood_le(mood, e.citext) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a <= length($2)';
CREATE FUNCTION mood_cmp(m mood, e.citext) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.a - length($2)';
CREATE OPERATOR <<< (FUNCTION = mood_lt, LEFTARG = mood, RIGHTARG = e.citext);
CREATE OPERATOR <<= (FUNCTION = mood_le, LEFTARG = mood, RIGHTARG = e.citext);
ALTER OPERATOR FAMILY e.citext_ops USING btree ADD OPERATOR 1 <<< (mood, e.citext), OPERATOR 2 <<= (mood, e.citext), FUNCTION 1 (mood, e.citext) mood_cmp(mood, e.citext);
ALTER OPERATOR FAMILY gist_enum_ops USING gist ADD FUNCTION 5 (moods, moods) gbt_enum_penalty (internal, internal, internal);
ALTER OPERATOR FAMILY cube_ops USING btree ADD FUNCTION 1 (moods, moods) enum_cmp (anyenum, anyenum);
