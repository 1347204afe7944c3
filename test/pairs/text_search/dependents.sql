CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d, english_stem;
CREATE TABLE t (id integer PRIMARY KEY, body text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('public.c'::regconfig, body)) STORED);
CREATE INDEX t_body ON t USING gin (to_tsvector('public.c'::regconfig, body));
CREATE INDEX t_words ON t USING gin (words);
CREATE VIEW v AS SELECT id FROM t WHERE to_tsvector('public.c'::regconfig, body) @@ 'x'::tsquery;
INSERT INTO t VALUES (1, 'a word'), (2, 'another');
-- becomes
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, LANGUAGE = french);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d;
CREATE TABLE t (id integer PRIMARY KEY, body text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('public.c'::regconfig, body)) STORED);
CREATE INDEX t_body ON t USING gin (to_tsvector('public.c'::regconfig, body));
CREATE INDEX t_words ON t USING gin (words);
CREATE VIEW v AS SELECT id FROM t WHERE to_tsvector('public.c'::regconfig, body) @@ 'x'::tsquery;
