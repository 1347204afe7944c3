-- needs 18
CREATE TABLE t (a int NOT NULL, b int CONSTRAINT b_given NOT NULL, c int CONSTRAINT c_given NOT NULL, d int, e int NOT NULL);
COMMENT ON CONSTRAINT t_a_not_null ON t IS 'of a';
COMMENT ON CONSTRAINT b_given ON t IS 'of b';
-- Both would be called t_x_y_not_null.
CREATE TABLE t_x (y int NOT NULL);
INSERT INTO t VALUES (1, 2, 3, 4, 5);
-- becomes
CREATE TABLE t (a int CONSTRAINT a_given NOT NULL, b int NOT NULL, c int, d int CONSTRAINT d_given NOT NULL, e int NOT NULL,
  x_y int DEFAULT 1 CONSTRAINT t_x_y_not_null1 NOT NULL);
COMMENT ON CONSTRAINT a_given ON t IS 'of a';
COMMENT ON CONSTRAINT t_b_not_null ON t IS 'other';
COMMENT ON CONSTRAINT t_e_not_null ON t IS 'of e';
CREATE TABLE t_x (y int NOT NULL);
CREATE TABLE u (a int CONSTRAINT "A Given" NOT NULL, PRIMARY KEY (a));
CREATE DOMAIN d AS int CONSTRAINT dn NOT NULL;
