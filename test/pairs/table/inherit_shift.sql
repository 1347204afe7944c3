CREATE TABLE p (a int, b int, d int);
CREATE TABLE c (c int, e text) INHERITS (p);
INSERT INTO c VALUES (1, 2, 3, 4, '5');
-- becomes
CREATE TABLE p (a int, c bigint DEFAULT 5, e varchar(10) COLLATE "C");
CREATE TABLE c (b bigint, d int DEFAULT 7) INHERITS (p);
ALTER TABLE ONLY c ALTER c DROP DEFAULT;
CREATE VIEW v AS SELECT b, c, e FROM c;
