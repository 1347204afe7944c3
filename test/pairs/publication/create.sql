CREATE TABLE t (id int PRIMARY KEY, a text, b text);
CREATE SCHEMA app;
-- becomes
CREATE TABLE t (id int PRIMARY KEY, a text, b text);
CREATE SCHEMA app;
CREATE TABLE app.u (id int PRIMARY KEY);
CREATE PUBLICATION p_all FOR ALL TABLES;
CREATE PUBLICATION p_none;
CREATE PUBLICATION p_table FOR TABLE t (id, b) WHERE (a > 'x') WITH (publish = 'insert');
CREATE PUBLICATION "Both" FOR TABLE t, TABLES IN SCHEMA app WITH (publish_via_partition_root = true);
COMMENT ON PUBLICATION p_all IS 'everything';
