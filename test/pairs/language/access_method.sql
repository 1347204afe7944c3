CREATE ACCESS METHOD second_heap TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD was TYPE INDEX HANDLER bthandler;
CREATE TABLE t (id int) USING second_heap;
INSERT INTO t VALUES (1);
COMMENT ON ACCESS METHOD second_heap IS 'first';
-- becomes
CREATE ACCESS METHOD second_heap TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD third TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD was TYPE INDEX HANDLER gisthandler;
CREATE ACCESS METHOD nextone TYPE INDEX HANDLER bthandler;
CREATE TABLE t (id int) USING third;
CREATE TABLE u (id int) USING second_heap;
COMMENT ON ACCESS METHOD second_heap IS 'second';
