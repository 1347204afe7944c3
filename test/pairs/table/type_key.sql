CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE);
CREATE TABLE c (p int REFERENCES p ON DELETE CASCADE, pc text REFERENCES p (code), CONSTRAINT two CHECK (p::text <> pc));
INSERT INTO p VALUES (1, '5'); INSERT INTO c VALUES (1, '5');
COMMENT ON CONSTRAINT c_p_fkey ON c IS 'a key';
-- becomes
CREATE TABLE p (id text PRIMARY KEY, code int UNIQUE);
CREATE TABLE c (p text REFERENCES p ON DELETE CASCADE, pc int REFERENCES p (code), CONSTRAINT two CHECK (p <> pc::text));
COMMENT ON CONSTRAINT c_p_fkey ON c IS 'a key';
