CREATE TABLE t (a int DEFAULT 1, b text, c timestamptz DEFAULT now(), d text DEFAULT 'a', e int[] DEFAULT '{1,2}');
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE u (a int DEFAULT f());
-- becomes
CREATE TABLE t (a int DEFAULT 2, b text DEFAULT 'x', c timestamptz, d text DEFAULT concat('a', 'b'), e int[] DEFAULT ARRAY[3]);
CREATE FUNCTION g(int) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE TABLE u (a int DEFAULT g(1));
