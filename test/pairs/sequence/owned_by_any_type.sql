-- a new sequence goes on behind the values of the column, if they are numbers
CREATE DOMAIN number AS integer;
CREATE DOMAIN id AS number;
CREATE TABLE t (a text, b numeric(10), c id, d uuid, e double precision);
INSERT INTO t VALUES ('a', 7, 8, NULL, 9);
-- becomes
CREATE DOMAIN number AS integer;
CREATE DOMAIN id AS number;
CREATE TABLE t (a text, b numeric(10), c id, d uuid, e double precision);
CREATE SEQUENCE t_a_seq OWNED BY t.a;
CREATE SEQUENCE t_b_seq OWNED BY t.b;
ALTER TABLE t ALTER COLUMN b SET DEFAULT nextval('t_b_seq');
CREATE SEQUENCE t_c_seq OWNED BY t.c;
ALTER TABLE t ALTER COLUMN c SET DEFAULT nextval('t_c_seq');
CREATE SEQUENCE t_d_seq OWNED BY t.d;
CREATE SEQUENCE t_e_seq OWNED BY t.e;
INSERT INTO t VALUES ('a', 7, 8, NULL, 9);
