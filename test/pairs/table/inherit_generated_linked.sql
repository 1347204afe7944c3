-- until 17
-- A table that had the generated column itself before it came under another
-- one with the same.
CREATE TABLE other (n int);
-- becomes
CREATE TABLE other (n int);
CREATE TABLE line (price int, total int GENERATED ALWAYS AS (price * 2) STORED);
CREATE TABLE old_line (price int, total int GENERATED ALWAYS AS (price * 2) STORED, note text);
ALTER TABLE old_line INHERIT line;
