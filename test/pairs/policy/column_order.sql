-- Queries within policies say nothing of where columns stand.
CREATE TABLE a (id int, owner name, n int);
CREATE TABLE t (a_id int, x text);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE POLICY same ON t USING (EXISTS (SELECT FROM a u (i, o) WHERE i = a_id AND o = current_user));
CREATE POLICY joined ON t FOR INSERT WITH CHECK (a_id IN (SELECT j.id FROM (a JOIN a b USING (id)) j (id, o, n) WHERE j.o = current_user));
CREATE POLICY rows ON t AS RESTRICTIVE USING (a_id = (SELECT g.id FROM f() g WHERE owner = x::name));
CREATE POLICY changed ON t FOR UPDATE USING (EXISTS (SELECT FROM a u (i, o) WHERE i = a_id)) WITH CHECK (true);
CREATE POLICY gone ON t FOR DELETE USING (a_id IN (SELECT i FROM a u (i, o)));
-- becomes
CREATE TABLE a (n int, owner name, id int);
CREATE TABLE t (x text, a_id int);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a';
CREATE POLICY same ON t USING (EXISTS (SELECT FROM a u (n, o, i) WHERE i = a_id AND o = current_user));
CREATE POLICY joined ON t FOR INSERT WITH CHECK (a_id IN (SELECT j.id FROM (a JOIN a b USING (id)) j (id, n, o) WHERE j.o = current_user));
CREATE POLICY rows ON t AS RESTRICTIVE USING (a_id = (SELECT g.id FROM f() g WHERE owner = x::name));
CREATE POLICY changed ON t FOR UPDATE USING (EXISTS (SELECT FROM a u (k, o, i) WHERE i = a_id AND k BETWEEN 1 AND 2 AND o = 'x')) WITH CHECK (x IN (SELECT o::text FROM a u (k, o)));
CREATE POLICY new ON t FOR DELETE USING (a_id IN (SELECT i FROM a u (k, o, i)));
