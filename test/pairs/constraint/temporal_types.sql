-- needs 18
CREATE EXTENSION btree_gist;
CREATE TABLE p (id int, during daterange, CONSTRAINT p_pk PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE c (id int, during daterange, CONSTRAINT c_fk FOREIGN KEY (id, PERIOD during) REFERENCES p);
CREATE VIEW v AS SELECT id, during FROM p;
INSERT INTO p VALUES (1, '[2020-01-01,2021-01-01)');
INSERT INTO c VALUES (1, '[2020-01-01,2021-01-01)');
-- becomes
CREATE EXTENSION btree_gist;
CREATE TABLE p (id bigint, during daterange, CONSTRAINT p_key PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE c (id bigint, during daterange, CONSTRAINT c_fk FOREIGN KEY (id, PERIOD during) REFERENCES p);
CREATE VIEW v AS SELECT id, during, id + 1 AS next FROM p;
