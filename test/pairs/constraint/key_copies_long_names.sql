CREATE TABLE p (a integer, "B $$" integer, PRIMARY KEY (a, "B $$")) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE "T $$ 'of a name that is too long for what the server hangs on" ("A $$ long" integer, b integer);
ALTER TABLE "T $$ 'of a name that is too long for what the server hangs on" ADD CONSTRAINT "key of a name that is too long for what the server hangs on it $" FOREIGN KEY ("A $$ long", b) REFERENCES p;
-- becomes
CREATE TABLE p (a integer, "B $$" integer, PRIMARY KEY (a, "B $$")) PARTITION BY LIST (a);
CREATE TABLE "T $$ 'of a name that is too long for what the server hangs on" ("A $$ long" integer, b integer);
ALTER TABLE "T $$ 'of a name that is too long for what the server hangs on" ADD CONSTRAINT "T $$ 'of a name that is too long for what the _A $$ long_b_fkey" CHECK (b > 0);
ALTER TABLE "T $$ 'of a name that is too long for what the server hangs on" ADD CONSTRAINT "key of a name that is too long for what the server hangs on i_1" CHECK (b > 1);
ALTER TABLE "T $$ 'of a name that is too long for what the server hangs on" ADD CONSTRAINT "key of a name that is too long for what the server hangs on it $" FOREIGN KEY ("A $$ long", b) REFERENCES p;
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
