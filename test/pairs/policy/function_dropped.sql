CREATE TABLE t (id int, n int);
CREATE FUNCTION old_way(int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE POLICY p ON t USING (old_way(id));
CREATE POLICY q ON t FOR INSERT WITH CHECK (old_way(id));
COMMENT ON POLICY p ON t IS 'p';
-- becomes
CREATE TABLE t (id int, n int);
CREATE FUNCTION new_way(int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE POLICY p ON t USING (new_way(id));
CREATE POLICY q ON t FOR INSERT WITH CHECK (new_way(n));
COMMENT ON POLICY p ON t IS 'p';
