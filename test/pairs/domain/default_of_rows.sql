-- a domain's default of a plain type comes from a row of a table that changes
CREATE TABLE t (a integer, b text);
CREATE DOMAIN d AS text DEFAULT (ROW(1, 'x')::t)::text;
CREATE DOMAIN n AS bigint DEFAULT (ROW(1, 'x')::t).a;
CREATE TABLE h (id integer, r d, n n);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1);
-- becomes
CREATE TABLE t (a bigint, b text);
CREATE DOMAIN d AS text DEFAULT (ROW(1, 'x')::t)::text;
CREATE DOMAIN n AS bigint DEFAULT (ROW(1, 'x')::t).a;
CREATE TABLE h (id integer, r d, n n);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1);
