# zishu_migrate: schema migrations inside the server
#
#   make                 build (PG_CONFIG=/path/to/pg_config picks the server)
#   make install         install, as the owner of the server's directories
#   make installcheck    all suites against a running server
#   make format          lay the C sources out; check-format only looks
#
# scripts/test.sh does all of it on a throwaway server.

EXTENSION = zishu_migrate
MODULE_big = zishu_migrate
PGFILEDESC = "zishu_migrate - schema migrations inside the server"

SOURCES = $(sort $(wildcard src/*.c src/*/*.c))
OWN_HEADERS = $(sort $(wildcard src/*.h src/*/*.h))
OBJS = $(WIN32RES) $(SOURCES:.c=.o)

# The base script and the chain of updates; installed flat.
DATA = $(sort $(wildcard extension/$(EXTENSION)--*.sql))

PG_CPPFLAGS = -I$(srcdir)/src
PG_CFLAGS = -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare

# Calls within the library are bound when it is linked, not looked up by name
# in the whole server each time a session loads it.
ifeq ($(shell uname -s), Linux)
SHLIB_LINK = -Wl,-Bsymbolic-functions
endif

# Every test stands by itself, so the order of the files does not matter. The
# extension is there when a test starts; one that needs it absent drops it.
REGRESS = $(sort $(patsubst sql/%.sql,%,$(wildcard sql/*.sql)))
REGRESS_OPTS = --inputdir=. --load-extension=$(EXTENSION)
ISOLATION = $(sort $(patsubst specs/%.spec,%,$(wildcard specs/*.spec)))
ISOLATION_OPTS = --inputdir=. --load-extension=$(EXTENSION)
TAP_TESTS = 1

EXTRA_CLEAN = results/ output_iso/ tmp_check/ log/ \
	regression.diffs regression.out

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# PGXS does not track headers, and few enough change at a time.
$(OBJS) $(OBJS:.o=.bc): $(OWN_HEADERS)

CLANG_FORMAT ?= clang-format

.PHONY: format check-format
format:
	$(CLANG_FORMAT) -i $(SOURCES) $(OWN_HEADERS)

check-format:
	$(CLANG_FORMAT) --dry-run --Werror $(SOURCES) $(OWN_HEADERS)
