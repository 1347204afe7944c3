CREATE TABLE t (a integer, b integer, CONSTRAINT x UNIQUE (a), CONSTRAINT y UNIQUE (b), CONSTRAINT k CHECK (a > 0));
CREATE TABLE other (a integer);
CREATE INDEX taken ON t (a);
-- becomes
CREATE TABLE t (a integer, b integer, CONSTRAINT y UNIQUE (a), CONSTRAINT x UNIQUE (b), CONSTRAINT taken UNIQUE (a, b));
CREATE TABLE other (a integer, CONSTRAINT k PRIMARY KEY (a));
