-- a domain's default reads a field that goes
CREATE TABLE t (a integer, b integer);
CREATE DOMAIN n AS integer DEFAULT (ROW(1, 2)::t).b;
CREATE TABLE h (n n, m n[]);
INSERT INTO h VALUES (3, '{4}');
-- becomes
CREATE TABLE t (a integer);
CREATE DOMAIN n AS integer DEFAULT (ROW(1)::t).a;
CREATE TABLE h (n n, m n[]);
INSERT INTO h VALUES (3, '{4}');
