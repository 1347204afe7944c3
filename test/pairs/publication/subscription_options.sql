-- needs 17
CREATE SUBSCRIPTION a CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE, streaming = parallel, failover = false, run_as_owner = true, password_required = false, origin = none);
CREATE SUBSCRIPTION b CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION c CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE, failover = true, two_phase = true);
-- becomes
CREATE SUBSCRIPTION a CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION b CONNECTION 'host=/nowhere dbname=y' PUBLICATION q, p WITH (connect = false, slot_name = NONE, streaming = off, run_as_owner = true, password_required = false, origin = none, disable_on_error = true, binary = true, synchronous_commit = 'local');
CREATE SUBSCRIPTION c CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE, failover = true, two_phase = true);
CREATE SUBSCRIPTION d CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE, streaming = on);
