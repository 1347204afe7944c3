-- Types alone could mean either of the two.
CREATE PROCEDURE p(OUT a int, IN b int, IN c int) LANGUAGE sql AS 'SELECT b - c';
CREATE PROCEDURE p(IN a int, IN b int, IN c int) LANGUAGE sql AS 'SELECT a + b - c';
COMMENT ON PROCEDURE p(IN int, IN int, IN int) IS 'three in';
CREATE PROCEDURE q(VARIADIC v text[]) LANGUAGE sql AS '';
CREATE PROCEDURE nothing() LANGUAGE sql AS '';
-- becomes
CREATE PROCEDURE p(IN a int, IN b int, IN c int) LANGUAGE sql AS 'SELECT a - b - c';
CREATE PROCEDURE p(OUT a int, OUT x text, IN b int, IN c int) LANGUAGE sql AS $$SELECT b, 'x'$$;
ALTER PROCEDURE p(IN int, IN int, IN int) OWNER TO regress_a;
CREATE PROCEDURE q(INOUT v text[]) LANGUAGE sql AS 'SELECT v';
GRANT EXECUTE ON PROCEDURE q(INOUT text[]) TO regress_reader;
COMMENT ON PROCEDURE q(text[]) IS 'not variadic';
