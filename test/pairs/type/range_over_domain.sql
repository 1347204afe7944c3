CREATE DOMAIN cents AS bigint CHECK (VALUE >= 0);
CREATE TYPE centsrange AS RANGE (subtype = cents);
CREATE TABLE prices (id int, r centsrange, m centsmultirange, EXCLUDE USING gist (r WITH &&));
CREATE VIEW v AS SELECT lower(r) AS lo FROM prices;
-- becomes
CREATE DOMAIN cents AS numeric CHECK (VALUE >= 0);
CREATE TYPE centsrange AS RANGE (subtype = cents, multirange_type_name = mcents);
CREATE TABLE prices (id int, r centsrange, m mcents, EXCLUDE USING gist (r WITH &&) DEFERRABLE);
CREATE VIEW v AS SELECT lower(r) AS lo, upper(m) AS hi FROM prices;
