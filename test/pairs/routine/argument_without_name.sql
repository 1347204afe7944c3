CREATE TABLE t (id int);
CREATE FUNCTION f(int, n int) RETURNS int RETURN $1 + n;
-- becomes
CREATE TABLE t (id int);
CREATE FUNCTION f(int, n int) RETURNS int RETURN $1 - n;
CREATE FUNCTION g(int, n int DEFAULT 3) RETURNS int BEGIN ATOMIC INSERT INTO t SELECT $1 + n; SELECT id + $1 FROM t WHERE id > n; END;
CREATE FUNCTION h(int, int) RETURNS int RETURN $1 + $2;
