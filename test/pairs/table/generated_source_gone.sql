CREATE TABLE u (id integer PRIMARY KEY, computed integer);
ALTER TABLE u ENABLE ROW LEVEL SECURITY;
CREATE TABLE v (id integer PRIMARY KEY, computed integer, swapped int GENERATED ALWAYS AS (other + 1) STORED, other int);
ALTER TABLE v SET (fillfactor = 50);
INSERT INTO u VALUES (1, 2);
-- becomes
CREATE TABLE u (id integer PRIMARY KEY, computed integer GENERATED ALWAYS AS (source + 1) STORED, source integer DEFAULT 4);
CREATE UNLOGGED TABLE v (id integer PRIMARY KEY, computed integer GENERATED ALWAYS AS (id + source) STORED, source integer, swapped int);
