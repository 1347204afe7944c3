CREATE TABLE t (id int);
-- becomes
CREATE SCHEMA app;
CREATE SCHEMA "Odd Name";
COMMENT ON SCHEMA app IS 'ours';
CREATE TABLE t (id int);
CREATE TABLE app.t (id int);
CREATE TABLE "Odd Name".t (id int);
