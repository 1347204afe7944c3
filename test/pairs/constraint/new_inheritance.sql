-- nothing
-- becomes
CREATE TABLE z_parent (a integer CHECK (a > 0), b integer);
ALTER TABLE z_parent ADD CONSTRAINT loose CHECK (b > 0) NOT VALID;
ALTER TABLE z_parent ADD CONSTRAINT alone CHECK (b > 1) NO INHERIT;
CREATE TABLE y_parent (c integer, CONSTRAINT y CHECK (c > 0));
CREATE TABLE child (d integer CHECK (d > 0), CONSTRAINT z_parent_a_check CHECK (a > 0)) INHERITS (z_parent, y_parent);
CREATE TABLE below (PRIMARY KEY (a)) INHERITS (child);
COMMENT ON CONSTRAINT y ON child IS 'of the child';
