CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TABLE a.parent (id serial PRIMARY KEY, kind text DEFAULT 'x', at timestamp);
CREATE TABLE a.child (id int PRIMARY KEY REFERENCES a.parent, qty int CHECK (qty > 0), total numeric GENERATED ALWAYS AS (qty * 2) STORED);
CREATE TABLE b.loose (x int);
CREATE VIEW b.report AS SELECT p.id, p.kind, c.qty, c.total FROM a.parent p JOIN a.child c USING (id);
CREATE FUNCTION b.top() RETURNS SETOF a.child LANGUAGE sql AS 'SELECT * FROM a.child';
CREATE INDEX kinds ON a.parent (kind) WHERE kind <> 'x';
INSERT INTO a.parent (kind) VALUES ('k'); INSERT INTO a.child VALUES (1, 5);
-- becomes
CREATE SCHEMA a;
CREATE SCHEMA c;
CREATE TABLE c.kind (name varchar(10) PRIMARY KEY);
CREATE TABLE a.parent (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind varchar(10) DEFAULT 'y' NOT NULL, at timestamptz DEFAULT now());
CREATE TABLE a.child (id bigint PRIMARY KEY REFERENCES a.parent ON DELETE CASCADE, qty bigint CHECK (qty >= 0), total numeric GENERATED ALWAYS AS (qty * 3) STORED, note text COLLATE "C");
CREATE VIEW c.report AS SELECT p.id, p.kind, ch.qty, ch.total FROM a.parent p JOIN a.child ch USING (id);
CREATE FUNCTION c.top() RETURNS SETOF a.child LANGUAGE sql AS 'SELECT * FROM a.child';
CREATE INDEX kinds ON a.parent (kind, at);
