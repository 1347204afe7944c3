CREATE SEQUENCE s;
CREATE TABLE a (x int DEFAULT nextval('s'));
CREATE TABLE b (x int DEFAULT nextval('s'));
CREATE VIEW v AS SELECT last_value FROM s;
ALTER SEQUENCE s OWNED BY a.x;
-- becomes
CREATE TABLE a (y int);
CREATE TABLE b (x int);
