-- until 15
-- A column that is generated below, but not above.
CREATE TABLE other (n int);
-- becomes
CREATE TABLE other (n int);
CREATE TABLE plain_line (price int, total int);
CREATE TABLE computed_line (total int GENERATED ALWAYS AS (price * 3) STORED) INHERITS (plain_line);
