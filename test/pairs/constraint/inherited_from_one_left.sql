CREATE TABLE p (a integer, CONSTRAINT k CHECK (a > 0));
CREATE TABLE q (a integer, CONSTRAINT k CHECK (a > 0));
CREATE TABLE c () INHERITS (p, q);
CREATE TABLE d () INHERITS (p);
-- becomes
CREATE TABLE p (a integer);
CREATE TABLE q (a integer, CONSTRAINT k CHECK (a > 0));
CREATE TABLE c () INHERITS (p, q);
CREATE TABLE d (b integer) INHERITS (p);
