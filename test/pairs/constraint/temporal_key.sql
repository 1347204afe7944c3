-- needs 18
CREATE EXTENSION btree_gist;
CREATE TABLE a (id int, during daterange, note text);
CREATE TABLE b (id int, during tstzrange, CONSTRAINT b_pk PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE c (id int, during daterange, CONSTRAINT c_u UNIQUE (id, during WITHOUT OVERLAPS) DEFERRABLE);
CREATE TABLE d (id int, during daterange, CONSTRAINT d_pk PRIMARY KEY (id, during));
CREATE TABLE e (id int, during int4multirange NOT NULL, CONSTRAINT e_u UNIQUE (id, during WITHOUT OVERLAPS));
INSERT INTO a VALUES (1, '[2020-01-01,2021-01-01)', 'x');
INSERT INTO b VALUES (1, '[2020-01-01,2021-01-01)');
INSERT INTO c VALUES (1, '[2020-01-01,2021-01-01)');
INSERT INTO d VALUES (1, '[2020-01-01,2021-01-01)');
INSERT INTO e VALUES (1, '{[1,4)}');
-- becomes
CREATE EXTENSION btree_gist;
CREATE TABLE a (id int, during daterange, note text, CONSTRAINT a_pk PRIMARY KEY (id, during WITHOUT OVERLAPS), CONSTRAINT a_u UNIQUE (note, during WITHOUT OVERLAPS) DEFERRABLE INITIALLY DEFERRED);
COMMENT ON CONSTRAINT a_pk ON a IS 'temporal';
COMMENT ON INDEX a_pk IS 'index';
CREATE TABLE b (id int NOT NULL, during tstzrange NOT NULL);
CREATE TABLE c (id int, during daterange, CONSTRAINT c_u UNIQUE (id, during));
CREATE TABLE d (id int, during daterange, CONSTRAINT d_pk PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE e (id int, during int4multirange NOT NULL, CONSTRAINT e_u UNIQUE (id, during WITHOUT OVERLAPS) WITH (fillfactor = 50));
CREATE TABLE f (id int, x text, during daterange, PRIMARY KEY (id, x, during WITHOUT OVERLAPS), CHECK (NOT isempty(during)));
CREATE UNIQUE INDEX f_i ON f (during);
ALTER TABLE f REPLICA IDENTITY USING INDEX f_i;
