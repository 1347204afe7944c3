CREATE FUNCTION lt(point, point) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1[0] < $2[0]';
-- becomes
CREATE FUNCTION lt(point, point) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1[0] < $2[0]';
CREATE OPERATOR <<< (FUNCTION = lt, LEFTARG = point, RIGHTARG = point, COMMUTATOR = >>>);
