CREATE TABLE tree (id numeric PRIMARY KEY, up numeric REFERENCES tree DEFAULT 1, CHECK (up > id));
CREATE TABLE l (id numeric PRIMARY KEY, f int UNIQUE, g real UNIQUE, h bigint UNIQUE);
CREATE TABLE m (z numeric REFERENCES l, f int REFERENCES l (f), g real REFERENCES l (g), h int REFERENCES l (h));
INSERT INTO l VALUES (1, 1, 1, 1); INSERT INTO m VALUES (1, 1, 1, 1);
-- becomes
CREATE TABLE tree (id smallint PRIMARY KEY, up smallint REFERENCES tree DEFAULT 2, CHECK (up > id));
CREATE TABLE l (id int PRIMARY KEY, f real UNIQUE, g double precision UNIQUE, h int UNIQUE);
CREATE TABLE m (z int REFERENCES l, f real REFERENCES l (f), g double precision REFERENCES l (g), h smallint REFERENCES l (h));
