CREATE TYPE amount AS (n bigint);
CREATE TABLE price (list int, lists int[]);
INSERT INTO price VALUES (5, '{6,7}');
-- becomes
CREATE TYPE amount AS (n bigint);
CREATE FUNCTION to_amount(int) RETURNS amount IMMUTABLE LANGUAGE sql AS 'SELECT ROW($1 * 100)::amount';
CREATE CAST (int AS amount) WITH FUNCTION to_amount(int);
CREATE FUNCTION z_of_amount(amount) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.n / 100';
CREATE CAST (amount AS int) WITH FUNCTION z_of_amount(amount) AS ASSIGNMENT;
CREATE TABLE price (list amount, lists amount[]);
