-- One calls the other its commutator or negator, and not the other way.
CREATE FUNCTION lt(point, point) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1[0] < $2[0]';
CREATE FUNCTION gt(point, point) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1[0] > $2[0]';
CREATE FUNCTION ge(point, point) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1[0] >= $2[0]';
CREATE OPERATOR <<< (FUNCTION = lt, LEFTARG = point, RIGHTARG = point, COMMUTATOR = >>>, NEGATOR = >>=);
CREATE OPERATOR >>> (FUNCTION = gt, LEFTARG = point, RIGHTARG = point);
CREATE OPERATOR >>= (FUNCTION = ge, LEFTARG = point, RIGHTARG = point);
CREATE OPERATOR ||| (FUNCTION = gt, LEFTARG = point, RIGHTARG = point);
CREATE OPERATOR &&& (FUNCTION = lt, LEFTARG = point, RIGHTARG = point, COMMUTATOR = &&>);
CREATE OPERATOR &&> (FUNCTION = gt, LEFTARG = point, RIGHTARG = point);
CREATE VIEW v AS SELECT point '(1,2)' >>> point '(1,2)' AS a, point '(1,2)' ||| point '(1,2)' AS b;
-- becomes
CREATE FUNCTION lt(point, point) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1[0] < $2[0]';
CREATE FUNCTION gt(point, point) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1[0] > $2[0]';
CREATE FUNCTION ge(point, point) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1[0] >= $2[0]';
CREATE OPERATOR <<< (FUNCTION = lt, LEFTARG = point, RIGHTARG = point, COMMUTATOR = >>>);
CREATE OPERATOR >>> (FUNCTION = gt, LEFTARG = point, RIGHTARG = point, COMMUTATOR = <<<);
CREATE OPERATOR >>= (FUNCTION = ge, LEFTARG = point, RIGHTARG = point);
CREATE OPERATOR !!! (FUNCTION = lt, LEFTARG = point, RIGHTARG = point, COMMUTATOR = |||);
CREATE OPERATOR ||| (FUNCTION = gt, LEFTARG = point, RIGHTARG = point);
CREATE OPERATOR &&& (FUNCTION = lt, LEFTARG = point, RIGHTARG = point, COMMUTATOR = &&>);
CREATE OPERATOR &&> (FUNCTION = ge, LEFTARG = point, RIGHTARG = point);
CREATE VIEW v AS SELECT point '(1,2)' >>> point '(1,2)' AS a, point '(1,2)' ||| point '(1,2)' AS b;
