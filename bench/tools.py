"""The contenders: how each is given the revisions, and how it runs them.

Each keeps a database of its own. prepare() comes once for a work and is not
measured; begin() gives a fresh database; upgrade() and downgrade() measure.
"""

import os
import re
import subprocess

import work as works
from server import Failure, Sample


class Tool:
    name = ""
    title = ""
    linear = True

    def __init__(self, server, directory):
        self.server = server
        self.home = works.fresh_directory(os.path.join(directory, self.name))
        self.database = "bench_" + self.name
        self.work = None
        self.place = None

    def prepare(self, work):
        self.work = work
        self.place = works.fresh_directory(
            os.path.join(self.home, "%s%d" % (work.name, work.n)))

    def begin(self):
        self.server.fresh(self.database)

    def upgrade(self):
        raise NotImplementedError

    def downgrade(self):
        raise NotImplementedError

    def end(self):
        self.server.drop(self.database)

    def path(self, name):
        return os.path.join(self.place, name)

    def psql(self, *arguments):
        return self.server.measure(self.server.psql(self.database,
                                                    *arguments))


class Zishu(Tool):
    """This extension, with the revisions already stored."""

    name = "zishu"
    title = "zishu_migrate"
    template = "bench_zishu_template"
    options = None

    def prepare(self, work):
        super().prepare(work)
        works.write_native(work, self.path("versions"))
        self.server.fresh(self.template)
        self.server.query(self.template, "CREATE EXTENSION zishu_migrate")
        self.server.settle(self.template)
        self.loading = self.server.measure(self.server.psql(
            self.template, "-c", "SELECT count(*) FROM zishu_load('%s')" %
            self.path("versions")))
        stored = self.server.value(
            self.template, "SELECT count(*) FROM zishu_migrate.revision")
        if int(stored) != work.n:
            raise Failure("%s of %d revisions were stored" % (stored, work.n))

    def begin(self):
        self.server.fresh(self.database, self.template)

    def call(self, function):
        return self.server.measure(
            self.server.psql(self.database, "-c",
                             "SELECT count(*) FROM " + function),
            env=self.options)

    def upgrade(self):
        return self.call("zishu_upgrade()")

    def downgrade(self):
        return self.call("zishu_downgrade('base')")

    def elapsed(self, action, count):
        """Seconds that the first and the last steps took."""
        rows = self.server.query(
            self.database,
            "SELECT extract(epoch FROM sum(elapsed) FILTER (WHERE n <= {0})),"
            " extract(epoch FROM sum(elapsed) FILTER (WHERE n > total - {0}))"
            " FROM (SELECT elapsed, row_number() OVER (ORDER BY id) AS n,"
            " count(*) OVER () AS total FROM zishu_migrate.event"
            " WHERE action = '{1}') AS e".format(count, action))
        return float(rows[0][0]), float(rows[0][1])


class ZishuQuiet(Zishu):
    """The same without NOTICEs that tell the steps."""

    name = "quiet"
    title = "zishu_migrate, echo off"
    template = "bench_quiet_template"
    options = {"PGOPTIONS": "-c zishu_migrate.echo=off"}


class Psql(Tool):
    """All scripts in one file and one transaction."""

    name = "psql"
    title = "psql -1 -f"

    def prepare(self, work):
        super().prepare(work)
        works.write_concatenated(work, True, self.path("up.sql"))
        works.write_concatenated(work, False, self.path("down.sql"))

    def upgrade(self):
        return self.psql("-1", "-f", self.path("up.sql"))

    def downgrade(self):
        return self.psql("-1", "-f", self.path("down.sql"))


class DoLoop(Tool):
    """The limit: no plan, no ledger, one EXECUTE in a loop."""

    name = "do"
    title = "DO block, a loop"
    write = staticmethod(works.write_do_loop)

    def prepare(self, work):
        super().prepare(work)
        self.write(work, True, self.path("up.sql"))
        self.write(work, False, self.path("down.sql"))

    def upgrade(self):
        return self.psql("-f", self.path("up.sql"))

    def downgrade(self):
        return self.psql("-f", self.path("down.sql"))


    def elapsed(self, action, count):
        """Seconds that the first and the last scripts take: a run of its own,
        as a clock in the loop would count for the limit."""
        path = self.path("clocked.sql")
        works.write_do_clocked(self.work, action == "upgrade", count, path)
        return tuple(map(float, self.server.output(
            self.database, "-f", path).split()))


class DoLines(DoLoop):
    """The same with an EXECUTE for each script.

    PL/pgSQL keeps a plan for each EXECUTE's argument, and every DDL makes
    the server look at all plans there are: quadratic, so not the limit.
    """

    name = "dolines"
    title = "DO block, a line each"
    write = staticmethod(works.write_do_lines)
    linear = False


class Alembic(Tool):
    """Debian's Alembic with the environment that "alembic init" makes."""

    name = "alembic"
    title = "Alembic"
    python = "/usr/bin/python3"

    @classmethod
    def version(cls):
        run = subprocess.run(
            [cls.python, "-c",
             "import alembic, sqlalchemy, psycopg2;"
             "print('%s, SQLAlchemy %s, psycopg2 %s' % (alembic.__version__,"
             " sqlalchemy.__version__, psycopg2.__version__.split()[0]))"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            check=False)
        return run.stdout.strip() if run.returncode == 0 else None

    def command(self, *arguments):
        return [self.python, "-m", "alembic", *arguments]

    def prepare(self, work):
        super().prepare(work)
        run = subprocess.run(self.command("init", "migrations"),
                             cwd=self.place, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, text=True, check=False)
        if run.returncode != 0:
            raise Failure("alembic init failed:\n" + run.stderr)
        works.write_alembic(work, self.path("migrations/versions"))
        with open(self.path("alembic.ini"), encoding="utf-8") as ini:
            text = ini.read()
        text = re.sub(r"(?m)^sqlalchemy\.url.*$",
                      "sqlalchemy.url = postgresql://%s@/%s?host=%s&port=%d" %
                      (self.server.user, self.database, self.server.socket,
                       self.server.port), text)
        works.write(self.path("alembic.ini"), text)
        # Leaves the compiled version files behind.
        self.run("heads")

    def run(self, *arguments):
        # Python may write its bytecode here, as it does for everybody.
        return self.server.measure(self.command(*arguments), cwd=self.place,
                                   env={"PYTHONDONTWRITEBYTECODE": ""})

    def upgrade(self):
        return self.run("upgrade", "head")

    def downgrade(self):
        return self.run("downgrade", "base")


class Dbmate(Tool):
    """dbmate: a transaction for each revision, a process for each rollback."""

    name = "dbmate"
    title = "dbmate"
    program = None
    rollbacks = 20

    @classmethod
    def version(cls):
        if not cls.program:
            return None
        run = subprocess.run([cls.program, "--version"],
                             stdout=subprocess.PIPE, text=True, check=False)
        return run.stdout.split()[-1] if run.returncode == 0 else None

    def prepare(self, work):
        super().prepare(work)
        works.write_dbmate(work, self.path("migrations"))

    def command(self, *arguments):
        return [self.program, "--url", "postgres://%s@/%s?host=%s&port=%d" %
                (self.server.user, self.database, self.server.socket,
                 self.server.port), "--no-dump-schema", "--migrations-dir",
                self.path("migrations"), *arguments]

    def upgrade(self):
        return self.server.measure(self.command("migrate"), cwd=self.place)

    def downgrade(self):
        """A few of the rollbacks, and the rest reckoned from them."""
        count = min(self.rollbacks, self.work.n)
        sample = self.server.measure(self.command("rollback"), cwd=self.place,
                                     count=count)
        return Sample(sample.wall, sample.client,
                      sample.server).times(self.work.n / count)


ALL = [Zishu, ZishuQuiet, DoLoop, DoLines, Psql, Alembic, Dbmate]
