CREATE SCHEMA "Odd Schema";
CREATE TABLE "Odd Schema"."select" ("from" int, "Ünïcode" text, "a.b" int, "quote""d" int);
CREATE TABLE "Odd Schema".a_table_with_a_name_that_is_as_long_as_a_name_may_ever_be_in_here (a_column_with_a_name_that_is_as_long_as_a_name_may_ever_be_in_he serial, b int);
-- becomes
CREATE SCHEMA "Odd Schema";
CREATE TABLE "Odd Schema"."select" ("from" bigint DEFAULT 5, "Ünïcode" varchar NOT NULL, "a.b" int GENERATED ALWAYS AS IDENTITY, "quote""d" int GENERATED ALWAYS AS ("from") STORED);
CREATE TABLE "Odd Schema".a_table_with_a_name_that_is_as_long_as_a_name_may_ever_be_in_here (a_column_with_a_name_that_is_as_long_as_a_name_may_ever_be_in_he serial, b int GENERATED ALWAYS AS IDENTITY);
