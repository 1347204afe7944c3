-- Elements are turned into the new base like single values: as texts, numbers
-- with a fraction would be none for the way back, and truth values none at all.
CREATE DOMAIN price AS integer CHECK (VALUE >= 0);
CREATE DOMAIN over_price AS price;
CREATE DOMAIN list AS integer[];
CREATE DOMAIN prices AS price[];
CREATE DOMAIN flag AS boolean;
CREATE TABLE offers (id int PRIMARY KEY, several price[], nested over_price[], lists list[], plain integer[], flags flag[],
  held prices);
INSERT INTO offers VALUES (1, '{1,2}', '{{3},{4}}', ARRAY['{5,6}'::list], '{7}', '{t,f}', '{8}'), (2, NULL, '{}', NULL, NULL, NULL, NULL);
-- becomes
CREATE DOMAIN price AS numeric(8,2) CHECK (VALUE >= 0);
CREATE DOMAIN over_price AS price;
CREATE DOMAIN list AS bigint[];
CREATE DOMAIN prices AS price[];
CREATE DOMAIN flag AS integer;
CREATE TABLE offers (id int PRIMARY KEY, several price[], nested over_price[], lists list[], plain price[], flags flag[],
  held prices);
INSERT INTO offers VALUES (1, '{1.2}', '{{3},{4.5}}', ARRAY['{5,6}'::list], '{7}', '{1,0}', '{8.25}'), (2, NULL, '{}', NULL, NULL, NULL, NULL);
