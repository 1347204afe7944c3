CREATE TABLE t (a integer, b text);
CREATE INDEX i ON t (a) WITH (fillfactor = 70);
CREATE INDEX j ON t (b);
CREATE INDEX k ON t (a, b) WITH (fillfactor = 50, deduplicate_items = off);
CREATE INDEX l ON t (lower(b), (a + 1));
ALTER INDEX l ALTER COLUMN 1 SET STATISTICS 100;
ALTER INDEX l ALTER COLUMN 2 SET STATISTICS 200;
-- becomes
CREATE TABLE t (a integer, b text);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (b) WITH (fillfactor = 90);
CREATE INDEX k ON t (a, b) WITH (fillfactor = 55);
CREATE INDEX l ON t (lower(b), (a + 1));
ALTER INDEX l ALTER COLUMN 2 SET STATISTICS 300;
CREATE INDEX m ON t ((a * 2));
ALTER INDEX m ALTER COLUMN 1 SET STATISTICS 0;
