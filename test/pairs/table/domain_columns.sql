CREATE DOMAIN pos AS int CHECK (VALUE > 0);
CREATE DOMAIN name AS varchar(20) DEFAULT 'n';
CREATE TYPE pair AS (x int, y int);
CREATE TABLE t (a int DEFAULT 5, b pos, c text, d name, e text, f pair);
INSERT INTO t VALUES (1, 2, 'c', 'd', '(1,2)', (3, 4));
-- becomes
CREATE DOMAIN pos AS int CHECK (VALUE > 0);
CREATE DOMAIN name AS varchar(20) DEFAULT 'n';
CREATE TYPE pair AS (x int, y int);
CREATE TABLE t (a pos DEFAULT 5, b int, c name, d text, e pair, f text);
