-- The function of the cast goes as well; so does the type.
CREATE TYPE amount AS (n bigint);
CREATE DOMAIN owed AS amount;
CREATE FUNCTION of_amount(amount) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.n / 100';
CREATE CAST (amount AS int) WITH FUNCTION of_amount(amount);
CREATE FUNCTION to_amount(int) RETURNS amount IMMUTABLE LANGUAGE sql AS 'SELECT ROW($1 * 100)::amount';
CREATE CAST (int AS amount) WITH FUNCTION to_amount(int);
CREATE TABLE price (list amount, least owed, lists amount[]) PARTITION BY LIST (least);
CREATE TABLE price_1 PARTITION OF price DEFAULT;
CREATE TABLE cost (list amount, least owed, lists amount[]);
INSERT INTO cost VALUES (ROW(700), ROW(800), ARRAY[ROW(900)::amount]);
-- becomes
CREATE TABLE price (list int, least int, lists int[]) PARTITION BY LIST (least);
CREATE TABLE price_1 PARTITION OF price DEFAULT;
CREATE TABLE cost (list int, least int, lists int[]);
