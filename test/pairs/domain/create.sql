CREATE DOMAIN gone AS integer;
-- becomes
CREATE SCHEMA app;
CREATE DOMAIN app."Posi tive" AS numeric(10, 2) DEFAULT 1.5 NOT NULL CONSTRAINT above CHECK (VALUE > 0) CONSTRAINT "Be Low" CHECK (VALUE < 100);
COMMENT ON DOMAIN app."Posi tive" IS 'numbers';
COMMENT ON CONSTRAINT above ON DOMAIN app."Posi tive" IS 'not zero';
ALTER DOMAIN app."Posi tive" OWNER TO regress_a;
GRANT USAGE ON DOMAIN app."Posi tive" TO regress_b;
CREATE DOMAIN words AS text COLLATE "C";
CREATE DOMAIN many AS integer[] CHECK (array_length(VALUE, 1) < 5);
CREATE DOMAIN late AS integer;
ALTER DOMAIN late ADD CONSTRAINT late_check CHECK (VALUE > 5) NOT VALID;
CREATE DOMAIN over AS late DEFAULT 7;
