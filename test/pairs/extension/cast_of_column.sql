-- What the extension has for it, also while it is dropped; arrays take it for
-- their elements.
CREATE EXTENSION hstore;
CREATE TABLE note (tags hstore, all_tags hstore[]);
INSERT INTO note VALUES ('a=>1, b=>NULL', ARRAY['c=>2'::hstore]);
-- becomes
CREATE TABLE note (tags jsonb, all_tags json[]);
