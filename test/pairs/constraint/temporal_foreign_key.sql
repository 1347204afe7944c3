-- needs 18
CREATE EXTENSION btree_gist;
CREATE TABLE p (id int, during daterange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE q (id int, during daterange, PRIMARY KEY (id, during));
CREATE TABLE a (p int, during daterange, CONSTRAINT a_p FOREIGN KEY (p, PERIOD during) REFERENCES p (id, PERIOD during));
CREATE TABLE b (p int, during daterange);
CREATE TABLE c (q int, during daterange, CONSTRAINT c_q FOREIGN KEY (q, during) REFERENCES q (id, during));
CREATE TABLE d (p int, during daterange, CONSTRAINT d_p FOREIGN KEY (p, PERIOD during) REFERENCES p NOT ENFORCED);
INSERT INTO p VALUES (1, '[2020-01-01,2021-01-01)'), (1, '[2021-01-01,2022-01-01)');
INSERT INTO q VALUES (1, '[2020-01-01,2021-01-01)');
INSERT INTO a VALUES (1, '[2020-01-01,2022-01-01)');
INSERT INTO b VALUES (1, '[2020-01-01,2022-01-01)');
INSERT INTO c VALUES (1, '[2020-01-01,2021-01-01)');
-- becomes
CREATE EXTENSION btree_gist;
CREATE TABLE p (id int, during daterange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE q (id int, during daterange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE a (p int, during daterange);
CREATE TABLE b (p int, during daterange, CONSTRAINT b_p FOREIGN KEY (p, PERIOD during) REFERENCES p (id, PERIOD during) DEFERRABLE);
COMMENT ON CONSTRAINT b_p ON b IS 'period';
CREATE TABLE c (q int, during daterange, CONSTRAINT c_q FOREIGN KEY (q, PERIOD during) REFERENCES q (id, PERIOD during));
CREATE TABLE d (p int, during daterange, CONSTRAINT d_p FOREIGN KEY (p, PERIOD during) REFERENCES p);
