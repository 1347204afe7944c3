-- Members that were added to families that the server brought along.
CREATE TYPE mood AS (a int);
CREATE FUNCTION mood_lt(mood, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a < $2';
CREATE FUNCTION mood_cmp(mood, int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.a - $2';
CREATE OPERATOR <<< (FUNCTION = mood_lt, LEFTARG = mood, RIGHTARG = int);
ALTER OPERATOR FAMILY integer_ops USING btree ADD OPERATOR 1 <<< (mood, int), FUNCTION 1 (mood, int) mood_cmp(mood, int);
ALTER OPERATOR FAMILY integer_ops USING btree ADD OPERATOR 3 = (money, money);
ALTER OPERATOR FAMILY text_ops USING hash ADD FUNCTION 1 (money, money) hashint8(bigint);
-- becomes
CREATE TYPE mood AS (a int);
CREATE FUNCTION mood_lt(mood, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a < $2';
CREATE FUNCTION mood_le(mood, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a <= $2';
CREATE FUNCTION mood_cmp(m mood, int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.a - $2';
CREATE OPERATOR <<< (FUNCTION = mood_lt, LEFTARG = mood, RIGHTARG = int);
CREATE OPERATOR <<= (FUNCTION = mood_le, LEFTARG = mood, RIGHTARG = int);
ALTER OPERATOR FAMILY integer_ops USING btree ADD OPERATOR 1 <<< (mood, int), OPERATOR 2 <<= (mood, int), FUNCTION 1 (mood, int) mood_cmp(mood, int);
ALTER OPERATOR FAMILY float_ops USING btree ADD OPERATOR 3 = (money, money);
