CREATE TABLE p (a integer, b integer);
CREATE UNIQUE INDEX pu ON p (a);
CREATE TABLE c (a integer REFERENCES p (a));
INSERT INTO p VALUES (1);
INSERT INTO c VALUES (1);
-- becomes
CREATE TABLE p (a integer, b integer);
CREATE UNIQUE INDEX pu ON p (a) INCLUDE (b);
CREATE TABLE c (a integer REFERENCES p (a));
