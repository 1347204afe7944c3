-- needs 18
-- Names that others have: checks, keys, other tables.
CREATE TABLE t (a int NOT NULL, b int, c int CONSTRAINT z NOT NULL, d int CONSTRAINT x CHECK (d > 0), e int CONSTRAINT e1 NOT NULL, f int CONSTRAINT f1 NOT NULL);
CREATE TABLE u (t_b_not_null int, CONSTRAINT u_a_not_null CHECK (t_b_not_null > 0));
CREATE TABLE k (id int CONSTRAINT k_id NOT NULL, CONSTRAINT k_pk PRIMARY KEY (id));
INSERT INTO t VALUES (1, 2, 3, 4, 5, 6);
-- becomes
CREATE TABLE t (a int CONSTRAINT x NOT NULL, b int NOT NULL, c int, d int CONSTRAINT z CHECK (d > 0), e int CONSTRAINT f1 NOT NULL, f int CONSTRAINT e1 NOT NULL);
CREATE TABLE u (t_b_not_null int, a int NOT NULL, CONSTRAINT u_t_b_not_null CHECK (t_b_not_null > 0));
CREATE TABLE k (id int CONSTRAINT k_pk NOT NULL, CONSTRAINT k_id PRIMARY KEY (id));
