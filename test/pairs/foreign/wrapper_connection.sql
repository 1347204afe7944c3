-- A wrapper's servers can be what a subscription connects to.
-- needs 19
CREATE EXTENSION postgres_fdw;
CREATE FOREIGN DATA WRAPPER gets;
CREATE FOREIGN DATA WRAPPER loses HANDLER postgres_fdw_handler CONNECTION postgres_fdw_connection;
CREATE FOREIGN DATA WRAPPER gone CONNECTION postgres_fdw_connection;
-- becomes
CREATE EXTENSION postgres_fdw;
CREATE FOREIGN DATA WRAPPER gets CONNECTION postgres_fdw_connection;
CREATE FOREIGN DATA WRAPPER loses HANDLER postgres_fdw_handler;
CREATE FOREIGN DATA WRAPPER made CONNECTION postgres_fdw_connection;
CREATE SERVER far FOREIGN DATA WRAPPER made OPTIONS (host 'localhost');
CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (user 'u');
CREATE SUBSCRIPTION s SERVER far PUBLICATION p WITH (connect = false, slot_name = NONE, max_retention_duration = 5);
