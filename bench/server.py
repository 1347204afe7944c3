"""A throwaway server, and what it and its clients cost."""

import os
import subprocess
import time

TICK = 1.0 / os.sysconf("SC_CLK_TCK")


class Failure(Exception):
    """Something that is measured did not do its work."""


class Sample:
    """One measured run."""

    def __init__(self, wall, client, server):
        self.wall = wall
        self.client = client
        self.server = server

    @property
    def cpu(self):
        return self.client + self.server

    def times(self, factor):
        return Sample(self.wall * factor, self.client * factor,
                      self.server * factor)


class Server:
    """A cluster below a directory, reached by a Unix socket in it only."""

    def __init__(self, bindir, directory, settings, port):
        self.bindir = bindir
        self.data = os.path.join(directory, "data")
        self.socket = os.path.join(directory, "socket")
        self.log = os.path.join(directory, "server.log")
        self.errors = os.path.join(directory, "client.log")
        self.settings = settings
        self.port = port
        self.user = "postgres"
        self.pid = None
        self.locks = None
        self.background = set()
        self.env = dict(os.environ, PGHOST=self.socket, PGPORT=str(port),
                        PGUSER=self.user)

    # ---- life --------------------------------------------------------------

    def create(self):
        run = subprocess.run(
            [self.program("initdb"), "-D", self.data, "-U", self.user, "-A",
             "trust", "-N", "--encoding=UTF8", "--no-locale"],
            capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise Failure("initdb failed:\n" + run.stderr)

    def start(self, locks=None):
        """Starts it, or again where the size of the lock table changes;
        None: the default size."""
        if self.pid is not None:
            if locks == self.locks:
                return
            self.stop()
        options = ["-c", "listen_addresses=",
                   "-c", "unix_socket_directories=" + self.socket,
                   "-c", "port=%d" % self.port,
                   "-c", "fsync=off",
                   "-c", "autovacuum=off"]
        if locks is not None:
            options += ["-c", "max_locks_per_transaction=%d" % locks]
        with open(os.path.join(self.data, "postgresql.auto.conf"), "w",
                  encoding="utf-8") as conf:
            conf.write("include '%s'\n" % self.settings)
        run = subprocess.run(
            [self.program("pg_ctl"), "-D", self.data, "-l", self.log, "-w",
             "-o", " ".join("'%s'" % option for option in options), "start"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            check=False)
        if run.returncode != 0:
            raise Failure("the server did not start: " + run.stderr)
        with open(os.path.join(self.data, "postmaster.pid"),
                  encoding="utf-8") as pidfile:
            self.pid = int(pidfile.readline())
        self.locks = locks
        self.query("postgres", "SELECT 1")
        time.sleep(0.5)
        self.background = self.children()

    def stop(self):
        if self.pid is None:
            return
        subprocess.run([self.program("pg_ctl"), "-D", self.data, "-m", "fast",
                        "-w", "-t", "300", "stop"], stdout=subprocess.DEVNULL,
                       check=False)
        self.pid = None

    def program(self, name):
        return os.path.join(self.bindir, name)

    # ---- databases ---------------------------------------------------------

    def psql(self, database, *arguments):
        """The command line of a psql that prints bare values."""
        return [self.program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                "-d", database, *arguments]

    def output(self, database, *arguments):
        """What psql prints."""
        run = subprocess.run(
            self.psql(database, "-At", "-F", "\x1f", *arguments),
            env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, check=False)
        if run.returncode != 0:
            raise Failure(run.stderr)
        return run.stdout

    def query(self, database, sql):
        """The rows as lists of strings."""
        return [line.split("\x1f")
                for line in self.output(database, "-c", sql).splitlines()]

    def value(self, database, sql):
        return self.query(database, sql)[0][0]

    def fresh(self, database, template="template1"):
        """A new database, with what a first connection to it builds."""
        self.drop(database)
        self.query("postgres", "CREATE DATABASE %s TEMPLATE %s" %
                   (database, template))
        self.settle(database)

    def drop(self, database):
        self.query("postgres", "DROP DATABASE IF EXISTS %s" % database)

    def settle(self, database):
        """Leaves nothing to do behind a measured run's back."""
        self.query(database, "SELECT count(*) FROM pg_catalog.pg_class")
        self.query(database, "CHECKPOINT")

    # ---- cost --------------------------------------------------------------

    def children(self):
        found = set()
        for entry in os.listdir("/proc"):
            if entry.isdigit() and stat_of(entry, 3) == [str(self.pid)]:
                found.add(int(entry))
        return found

    def cpu(self):
        """CPU seconds of the server since it started.

        Backends that have ended are in the postmaster's account of its
        children; those that live are added.
        """
        deadline = time.monotonic() + 60
        while self.children() - self.background:
            if time.monotonic() > deadline:
                raise Failure("a backend does not end")
            time.sleep(0.001)
        ticks = sum(int(t) for t in stat_of(self.pid, 13, 14, 15, 16))
        for child in self.background:
            ticks += sum(int(t) for t in stat_of(child, 13, 14))
        return ticks * TICK

    def measure(self, argv, env=None, cwd=None, count=1):
        """Runs a command, count times."""
        before = self.cpu()
        client = 0.0
        start = time.monotonic()
        for _ in range(count):
            client += self.timed(argv, env, cwd).client
        wall = time.monotonic() - start
        return Sample(wall, client, self.cpu() - before)

    def timed(self, argv, env=None, cwd=None):
        """Runs a command once, without the account of the server, which
        counts in ticks too coarse for a short one."""
        with open(self.errors, "wb") as errors:
            start = time.monotonic()
            process = subprocess.Popen(
                argv, env=dict(self.env, **(env or {})), cwd=cwd,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise Failure("%s failed:\n%s" % (argv[0], self.complaint()))
        return Sample(wall, usage.ru_utime + usage.ru_stime, 0.0)

    def complaint(self):
        with open(self.errors, "rb") as errors:
            return errors.read()[-4000:].decode("utf-8", "replace")


def stat_of(pid, *fields):
    """Fields of /proc/PID/stat, counted from 0; none if it has ended."""
    try:
        with open("/proc/%s/stat" % pid, encoding="utf-8",
                  errors="replace") as stat:
            text = stat.read()
    except OSError:
        return []
    # The name may hold spaces and parentheses; two fields end with it.
    values = text[text.rindex(")") + 2:].split()
    return [values[field - 2] for field in fields]
