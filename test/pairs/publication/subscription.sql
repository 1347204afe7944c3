CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere dbname=x' PUBLICATION p, "Q" WITH (connect = false);
CREATE SUBSCRIPTION gone CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = 'other_slot');
CREATE SUBSCRIPTION two CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, two_phase = true);
COMMENT ON SUBSCRIPTION s IS 'first';
-- becomes
CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere dbname=y password=''it is''' PUBLICATION r
  WITH (connect = false, slot_name = NONE, binary = true, streaming = true, synchronous_commit = remote_apply, disable_on_error = true);
CREATE SUBSCRIPTION "New" CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = 'abc');
CREATE SUBSCRIPTION two CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false);
COMMENT ON SUBSCRIPTION s IS 'second';
