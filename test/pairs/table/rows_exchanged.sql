-- Tables whose rows are in columns of each other, the other way round.
CREATE TABLE a (x int);
CREATE TABLE b (r a);
CREATE TABLE c (r b[]);
CREATE FUNCTION f(c) RETURNS b LANGUAGE sql AS 'SELECT NULL::b';
-- becomes
CREATE TABLE c (x bigint, w int);
CREATE TABLE b (r c);
CREATE TABLE a (r b[]);
CREATE FUNCTION f(a) RETURNS b LANGUAGE sql AS 'SELECT NULL::b';
