CREATE SCHEMA s;
COMMENT ON SCHEMA s IS 'first';
COMMENT ON SCHEMA public IS 'ours';
-- becomes
CREATE SCHEMA s;
COMMENT ON SCHEMA s IS 'it''s the "second" \ one';
