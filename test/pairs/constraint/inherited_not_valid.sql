-- A check that is not valid where it was passed on, and valid where the table
-- was made later.
CREATE TABLE parent (d date);
CREATE TABLE before_it () INHERITS (parent);
-- becomes
CREATE TABLE parent (d date, n int);
CREATE TABLE before_it () INHERITS (parent);
CREATE TABLE made_first (CHECK (d > '2020-01-01')) INHERITS (parent);
ALTER TABLE parent ADD CONSTRAINT recent CHECK (d > '2000-01-01') NOT VALID;
CREATE TABLE made_last () INHERITS (parent);
CREATE TABLE other_parent (a int);
CREATE TABLE other_child () INHERITS (other_parent);
ALTER TABLE other_parent ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
