-- A sequence goes with the owner of its table before it gets privileges that
-- are for the former owner.
CREATE TABLE t (id serial, n int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE t OWNER TO regress_a;
GRANT SELECT ON SEQUENCE t_id_seq TO regress_b;
-- becomes
CREATE TABLE t (id serial, n int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE t OWNER TO regress_b;
GRANT ALL ON SEQUENCE t_id_seq TO regress_a;
GRANT USAGE ON SEQUENCE t_n_seq TO regress_a;
