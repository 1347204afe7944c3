-- needs 18
CREATE TABLE t (a int PRIMARY KEY, b int GENERATED ALWAYS AS (a * 2) STORED, c int);
CREATE PUBLICATION p FOR TABLE t WITH (publish_generated_columns = stored);
CREATE PUBLICATION q FOR TABLE t (a, b);
CREATE PUBLICATION r FOR TABLE t WHERE (a > 5) WITH (publish = 'insert');
CREATE PUBLICATION s FOR ALL TABLES;
INSERT INTO t VALUES (1);
-- becomes
CREATE TABLE t (a int PRIMARY KEY, b int GENERATED ALWAYS AS (a * 3) STORED, c int);
CREATE PUBLICATION p FOR TABLE t;
CREATE PUBLICATION q FOR TABLE t (a) WITH (publish_generated_columns = stored);
CREATE PUBLICATION r FOR TABLE t (a, c) WHERE (a > 6 AND c IS NOT NULL) WITH (publish = 'insert, truncate', publish_via_partition_root);
CREATE PUBLICATION s FOR TABLES IN SCHEMA public WITH (publish_generated_columns = none);
