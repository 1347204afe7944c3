-- An event trigger whose function changes together with what it uses.
CREATE TABLE noted (what text, more text, gone text);
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM what, more, gone FROM noted;
END $$;
CREATE EVENT TRIGGER a_note ON ddl_command_end EXECUTE FUNCTION note();
COMMENT ON EVENT TRIGGER a_note IS 'notes';
CREATE FUNCTION note_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM gone FROM noted;
END $$;
CREATE EVENT TRIGGER z_note ON sql_drop WHEN TAG IN ('ALTER TABLE', 'DROP TABLE') EXECUTE FUNCTION note_drop();
ALTER EVENT TRIGGER z_note ENABLE ALWAYS;
CREATE FUNCTION stays() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER stays ON ddl_command_start EXECUTE FUNCTION stays();
-- becomes
CREATE TABLE noted (what text, other int, further int);
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM what, other, further FROM noted;
END $$;
CREATE EVENT TRIGGER a_note ON ddl_command_end EXECUTE FUNCTION note();
COMMENT ON EVENT TRIGGER a_note IS 'notes';
CREATE FUNCTION note_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM other FROM noted;
END $$;
CREATE EVENT TRIGGER z_note ON sql_drop WHEN TAG IN ('ALTER TABLE', 'DROP TABLE') EXECUTE FUNCTION note_drop();
ALTER EVENT TRIGGER z_note ENABLE ALWAYS;
CREATE FUNCTION stays() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER stays ON ddl_command_start EXECUTE FUNCTION stays();
