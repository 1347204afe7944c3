-- loses rows
CREATE TABLE t (a serial PRIMARY KEY, b text);
-- becomes
CREATE TABLE t (a uuid DEFAULT gen_random_uuid() PRIMARY KEY, b text);
