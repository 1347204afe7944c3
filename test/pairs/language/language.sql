CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE mine HANDLER handler;
CREATE LANGUAGE gone HANDLER handler;
COMMENT ON LANGUAGE mine IS 'first';
REVOKE USAGE ON LANGUAGE mine FROM PUBLIC;
CREATE FUNCTION f() RETURNS int LANGUAGE mine AS 'BEGIN RETURN 1; END';
-- becomes
CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION runs(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION looks(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE mine HANDLER handler INLINE runs VALIDATOR looks;
CREATE LANGUAGE other HANDLER handler;
COMMENT ON LANGUAGE mine IS 'second';
ALTER LANGUAGE other OWNER TO regress_a;
GRANT USAGE ON LANGUAGE mine TO regress_a;
CREATE FUNCTION f() RETURNS int LANGUAGE mine AS 'BEGIN RETURN 1; END';
CREATE FUNCTION g() RETURNS int LANGUAGE other AS 'BEGIN RETURN 1; END';
