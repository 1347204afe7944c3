CREATE TYPE pair AS (l integer, r integer);
CREATE MATERIALIZED VIEW m AS SELECT ROW(1, 2)::pair AS p;
-- becomes
CREATE TYPE pair AS (l integer, r bigint);
CREATE MATERIALIZED VIEW m AS SELECT ROW(1, 2)::pair AS p;
