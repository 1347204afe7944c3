CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false);
ALTER SUBSCRIPTION s ENABLE;
CREATE SUBSCRIPTION u CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false);
ALTER SUBSCRIPTION u ENABLE;
CREATE SUBSCRIPTION gone CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false);
ALTER SUBSCRIPTION gone ENABLE;
-- becomes
CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION u CONNECTION 'host=/nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = 'v');
ALTER SUBSCRIPTION u ENABLE;
