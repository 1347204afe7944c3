-- Copies of a trigger are switched each in its own way where a partition comes.
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE SCHEMA added;
SET search_path = added;
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (id);
CREATE TABLE r11 PARTITION OF r1 FOR VALUES FROM (1) TO (5);
DO $$
DECLARE
    words text[] := '{ENABLE,DISABLE,ENABLE REPLICA,ENABLE ALWAYS}';
    s record;
BEGIN
    FOR s IN SELECT ARRAY[a, b, c] AS state, format('t%s%s%s', a, b, c) AS name
        FROM generate_series(1, 4) a, generate_series(1, 4) b, generate_series(1, 4) c
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON r FOR EACH ROW EXECUTE FUNCTION public.tf()', s.name);
        EXECUTE format('ALTER TABLE ONLY r %s TRIGGER %I', words[s.state[1]], s.name);
        EXECUTE format('ALTER TABLE ONLY r1 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r11 %s TRIGGER %I', words[s.state[2]], s.name);
    END LOOP;
END $$;
CREATE SCHEMA attached;
SET search_path = attached;
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (id);
CREATE TABLE r11 PARTITION OF r1 FOR VALUES FROM (1) TO (5);
DO $$
DECLARE
    words text[] := '{ENABLE,DISABLE,ENABLE REPLICA,ENABLE ALWAYS}';
    s record;
BEGIN
    FOR s IN SELECT ARRAY[a, b, c] AS state, format('t%s%s%s', a, b, c) AS name
        FROM generate_series(1, 4) a, generate_series(1, 4) b, generate_series(1, 4) c
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON r FOR EACH ROW EXECUTE FUNCTION public.tf()', s.name);
        EXECUTE format('ALTER TABLE ONLY r %s TRIGGER %I', words[s.state[1]], s.name);
        EXECUTE format('ALTER TABLE ONLY r1 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r11 %s TRIGGER %I', words[s.state[2]], s.name);
    END LOOP;
END $$;
CREATE TABLE r12 (id int);
CREATE SCHEMA bounds;
SET search_path = bounds;
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (id);
CREATE TABLE r11 PARTITION OF r1 FOR VALUES FROM (1) TO (5);
CREATE TABLE r12 PARTITION OF r1 FOR VALUES FROM (5) TO (10);
DO $$
DECLARE
    words text[] := '{ENABLE,DISABLE,ENABLE REPLICA,ENABLE ALWAYS}';
    s record;
BEGIN
    FOR s IN SELECT ARRAY[a, b, c] AS state, format('t%s%s%s', a, b, c) AS name
        FROM generate_series(1, 4) a, generate_series(1, 4) b, generate_series(1, 4) c
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON r FOR EACH ROW EXECUTE FUNCTION public.tf()', s.name);
        EXECUTE format('ALTER TABLE ONLY r %s TRIGGER %I', words[s.state[1]], s.name);
        EXECUTE format('ALTER TABLE ONLY r1 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r12 %s TRIGGER %I', words[s.state[1]], s.name);
    END LOOP;
END $$;
CREATE SCHEMA bounds_above;
SET search_path = bounds_above;
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (id);
CREATE TABLE r11 PARTITION OF r1 FOR VALUES FROM (1) TO (5);
CREATE TABLE r12 PARTITION OF r1 FOR VALUES FROM (5) TO (10);
DO $$
DECLARE
    words text[] := '{ENABLE,DISABLE,ENABLE REPLICA,ENABLE ALWAYS}';
    s record;
BEGIN
    FOR s IN SELECT ARRAY[a, b, c] AS state, format('t%s%s%s', a, b, c) AS name
        FROM generate_series(1, 4) a, generate_series(1, 4) b, generate_series(1, 4) c
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON r FOR EACH ROW EXECUTE FUNCTION public.tf()', s.name);
        EXECUTE format('ALTER TABLE ONLY r %s TRIGGER %I', words[s.state[1]], s.name);
        EXECUTE format('ALTER TABLE ONLY r1 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r12 %s TRIGGER %I', words[s.state[3]], s.name);
    END LOOP;
END $$;
-- becomes
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE SCHEMA added;
SET search_path = added;
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (id);
CREATE TABLE r11 PARTITION OF r1 FOR VALUES FROM (1) TO (5);
CREATE TABLE r12 PARTITION OF r1 FOR VALUES FROM (5) TO (10);
DO $$
DECLARE
    words text[] := '{ENABLE,DISABLE,ENABLE REPLICA,ENABLE ALWAYS}';
    s record;
BEGIN
    FOR s IN SELECT ARRAY[a, b, c] AS state, format('t%s%s%s', a, b, c) AS name
        FROM generate_series(1, 4) a, generate_series(1, 4) b, generate_series(1, 4) c
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON r FOR EACH ROW EXECUTE FUNCTION public.tf()', s.name);
        EXECUTE format('ALTER TABLE ONLY r %s TRIGGER %I', words[s.state[1]], s.name);
        EXECUTE format('ALTER TABLE ONLY r1 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r11 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r12 %s TRIGGER %I', words[s.state[3]], s.name);
    END LOOP;
END $$;
CREATE SCHEMA attached;
SET search_path = attached;
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (id);
CREATE TABLE r11 PARTITION OF r1 FOR VALUES FROM (1) TO (5);
CREATE TABLE r12 PARTITION OF r1 FOR VALUES FROM (5) TO (10);
DO $$
DECLARE
    words text[] := '{ENABLE,DISABLE,ENABLE REPLICA,ENABLE ALWAYS}';
    s record;
BEGIN
    FOR s IN SELECT ARRAY[a, b, c] AS state, format('t%s%s%s', a, b, c) AS name
        FROM generate_series(1, 4) a, generate_series(1, 4) b, generate_series(1, 4) c
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON r FOR EACH ROW EXECUTE FUNCTION public.tf()', s.name);
        EXECUTE format('ALTER TABLE ONLY r %s TRIGGER %I', words[s.state[1]], s.name);
        EXECUTE format('ALTER TABLE ONLY r1 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r11 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r12 %s TRIGGER %I', words[s.state[3]], s.name);
    END LOOP;
END $$;
CREATE SCHEMA bounds;
SET search_path = bounds;
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (id);
CREATE TABLE r11 PARTITION OF r1 FOR VALUES FROM (1) TO (5);
CREATE TABLE r12 PARTITION OF r1 FOR VALUES FROM (6) TO (10);
DO $$
DECLARE
    words text[] := '{ENABLE,DISABLE,ENABLE REPLICA,ENABLE ALWAYS}';
    s record;
BEGIN
    FOR s IN SELECT ARRAY[a, b, c] AS state, format('t%s%s%s', a, b, c) AS name
        FROM generate_series(1, 4) a, generate_series(1, 4) b, generate_series(1, 4) c
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON r FOR EACH ROW EXECUTE FUNCTION public.tf()', s.name);
        EXECUTE format('ALTER TABLE ONLY r %s TRIGGER %I', words[s.state[1]], s.name);
        EXECUTE format('ALTER TABLE ONLY r1 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r12 %s TRIGGER %I', words[s.state[3]], s.name);
    END LOOP;
END $$;
CREATE SCHEMA bounds_above;
SET search_path = bounds_above;
CREATE TABLE r (id int) PARTITION BY RANGE (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (1) TO (20) PARTITION BY RANGE (id);
CREATE TABLE r11 PARTITION OF r1 FOR VALUES FROM (1) TO (5);
CREATE TABLE r12 PARTITION OF r1 FOR VALUES FROM (5) TO (10);
DO $$
DECLARE
    words text[] := '{ENABLE,DISABLE,ENABLE REPLICA,ENABLE ALWAYS}';
    s record;
BEGIN
    FOR s IN SELECT ARRAY[a, b, c] AS state, format('t%s%s%s', a, b, c) AS name
        FROM generate_series(1, 4) a, generate_series(1, 4) b, generate_series(1, 4) c
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON r FOR EACH ROW EXECUTE FUNCTION public.tf()', s.name);
        EXECUTE format('ALTER TABLE ONLY r %s TRIGGER %I', words[s.state[1]], s.name);
        EXECUTE format('ALTER TABLE ONLY r1 %s TRIGGER %I', words[s.state[2]], s.name);
        EXECUTE format('ALTER TABLE ONLY r12 %s TRIGGER %I', words[s.state[3]], s.name);
    END LOOP;
END $$;
