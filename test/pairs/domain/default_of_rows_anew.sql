-- a domain with rows in its default is dropped, made, and takes other rows while these change
CREATE TABLE t (a integer, b text);
CREATE TABLE u (a integer, b text);
CREATE DOMAIN d AS t DEFAULT ROW(1, 'x')::t;
CREATE DOMAIN n AS integer DEFAULT (ROW(1, 'x')::t).a;
CREATE DOMAIN o AS integer DEFAULT (ROW(1, 'x')::t).a;
CREATE DOMAIN p AS integer DEFAULT (ROW(1, 'x')::t).a CHECK (VALUE > 0);
CREATE TABLE h (id integer, r d, n n, o o, p p[]);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1);
-- becomes
CREATE TABLE t (a bigint, b text);
CREATE TABLE u (a integer, b text);
CREATE DOMAIN e AS t DEFAULT ROW(1, 'x')::t;
CREATE DOMAIN n AS integer DEFAULT (ROW(1, 'x')::u).a;
CREATE DOMAIN o AS integer;
CREATE DOMAIN p AS integer DEFAULT (ROW(1, 'x')::t).a CHECK (VALUE > 1);
CREATE TABLE h (id integer, r t, n n, o o, p p[]);
INSERT INTO t VALUES (1);
INSERT INTO h VALUES (1);
