-- rows as they were before are no rows of the table
-- needs 18
CREATE TABLE t (a integer, b text);
CREATE FUNCTION f_old(x integer) RETURNS SETOF t BEGIN ATOMIC UPDATE t SET a = x RETURNING old.*; END;
CREATE FUNCTION f_new(x integer) RETURNS SETOF t BEGIN ATOMIC DELETE FROM t WHERE a = x RETURNING new.*; END;
CREATE FUNCTION f(x integer) RETURNS SETOF t BEGIN ATOMIC UPDATE t SET a = x RETURNING *; END;
-- becomes
CREATE TABLE t (a integer, b text, c date);
CREATE FUNCTION f_old(x integer) RETURNS SETOF t BEGIN ATOMIC UPDATE t SET a = x RETURNING new.*; END;
CREATE FUNCTION f_new(x integer) RETURNS SETOF t BEGIN ATOMIC DELETE FROM t WHERE a = x RETURNING old.*; END;
CREATE FUNCTION f(x integer) RETURNS SETOF t BEGIN ATOMIC UPDATE t SET a = x RETURNING old.*; END;
