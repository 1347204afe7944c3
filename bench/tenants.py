"""The part "tenants": many schemas with the same history, upgraded by a pool
of workers, and beside it a shell loop that calls psql for each."""

import os

from parts import progress, rotated
from server import Failure

REVISIONS = 10

ONE = "zishu_upgrade_tenants(jobs => 1)"
TWO = "zishu_upgrade_tenants(jobs => 2)"
LOOP = "a loop of psql -1, one after the other"
IDLE = "zishu_upgrade_tenants(), nothing to do"


class Tenants:
    """What was measured over one number of tenants."""

    def __init__(self, n, idle):
        self.n = n
        self.idle = idle  # tenants in the run that finds nothing to do
        self.samples = {}

    def of(self, title):
        return self.samples.get(title)


def script(i):
    return ("CREATE TABLE account{0} (id bigint PRIMARY KEY, name text);"
            "CREATE TABLE entry{0} (id bigint PRIMARY KEY,"
            " account_id bigint REFERENCES account{0}, amount numeric);"
            "CREATE INDEX entry{0}_account ON entry{0} (account_id);"
            .format(i))


def measure(server, directory, n, idle, repeats):
    server.start()
    found = Tenants(n, idle)
    prepare(server, n)
    commands = {
        ONE: call(server, 1),
        TWO: call(server, 2),
        LOOP: ["bash", write_loop(server, directory, n)],
    }
    for turn in range(repeats):
        for title in rotated(list(commands), turn):
            server.fresh("bench_run", "bench_tenants")
            found.samples.setdefault(title, []).append(
                server.measure(commands[title]))
            check(server, n)
        progress("%d tenants: turn %d" % (n, turn + 1))
    nothing_to_do(server, found, repeats)
    for database in ("bench_run", "bench_tenants"):
        server.drop(database)
    return found


def prepare(server, n):
    progress("%d tenants: making them" % n)
    server.fresh("bench_tenants")
    server.query("bench_tenants", "CREATE EXTENSION zishu_migrate")
    for i in range(1, REVISIONS + 1):
        server.query("bench_tenants",
                     "SELECT zishu_revision('step %d', '%s', '', 'r%d')" %
                     (i, script(i), i))
    server.query("bench_tenants", add_tenants("t", n))


def add_tenants(prefix, n):
    return ("DO $$ BEGIN FOR i IN 1..%d LOOP"
            " EXECUTE format('CREATE SCHEMA %s%%s', i);"
            " PERFORM zishu_add_tenant('%s' || i); END LOOP; END $$" %
            (n, prefix, prefix))


def call(server, jobs):
    return server.psql(
        "bench_run", "-c", "SET zishu_migrate.echo = off",
        "-c", "CALL zishu_upgrade_tenants(jobs => %d)" % jobs)


def write_loop(server, directory, n):
    """A file of all scripts, and a loop that runs it in each schema."""
    scripts = os.path.join(directory, "all.sql")
    with open(scripts, "w", encoding="utf-8") as out:
        for i in range(1, REVISIONS + 1):
            out.write(script(i) + "\n")
    path = os.path.join(directory, "loop.sh")
    with open(path, "w", encoding="utf-8") as out:
        out.write("set -e\nfor i in $(seq %d); do\n"
                  "  PGOPTIONS=\"-c search_path=t$i,public\""
                  " '%s' -X -q -1 -v ON_ERROR_STOP=1 -d bench_run -f '%s'\n"
                  "done\n" % (n, server.program("psql"), scripts))
    return path


def check(server, n):
    tables = server.value("bench_run", "SELECT count(*) FROM pg_class"
                          " WHERE relname ~ '^(account|entry)' AND"
                          " relkind = 'r'")
    if int(tables) != 2 * REVISIONS * n:
        raise Failure("%s tables instead of %d" %
                      (tables, 2 * REVISIONS * n))


def nothing_to_do(server, found, repeats):
    """Tenants that stand at the head, which nobody had to bring there."""
    server.fresh("bench_run", "bench_tenants")
    server.query("bench_run", add_tenants("more", found.idle - found.n))
    server.query("bench_run", "INSERT INTO zishu_migrate.version"
                 " SELECT tenant, 'r%d' FROM zishu_migrate.tenant" % REVISIONS)
    server.settle("bench_run")
    for _ in range(repeats):
        found.samples.setdefault(IDLE, []).append(
            server.measure(call(server, 4)))
