CREATE TABLE t (id int);
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN 1;
END;
$$;
CREATE FUNCTION q() RETURNS text LANGUAGE sql AS $_$SELECT '$function$' || $$x$$$_$;
-- becomes
CREATE TABLE t (id int);
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN 2; -- %s %d %%
END;
$$;
CREATE FUNCTION q() RETURNS text LANGUAGE sql AS $_$SELECT '$function$' || $$y$$ || E'\\'$_$;
