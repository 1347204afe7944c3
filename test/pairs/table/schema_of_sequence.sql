CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE SEQUENCE a.s;
CREATE TABLE b.t (x int DEFAULT nextval('a.s'), y int);
CREATE TABLE b.u (x int DEFAULT nextval('a.s'));
INSERT INTO b.t (y) VALUES (1);
-- becomes
CREATE SCHEMA b;
CREATE SEQUENCE b.s;
CREATE TABLE b.t (x bigint DEFAULT nextval('b.s'), y int);
CREATE TABLE b.u (x int DEFAULT currval('b.s'));
ALTER SEQUENCE b.s OWNED BY b.t.x;
