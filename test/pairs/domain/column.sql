CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE TABLE t (a integer DEFAULT 3, b d DEFAULT 4, c d, e text);
INSERT INTO t VALUES (1, 2, 3, '4');
-- becomes
CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE TABLE t (a d DEFAULT 3, b integer DEFAULT 4, c text, e d);
