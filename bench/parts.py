"""The parts of the benchmark; each returns what report.py shows."""

import re
import subprocess
import sys
import time

import tools as contenders
import work as works
from server import Failure, Sample

# Room for 10,000 revisions of work A in one transaction, and some to spare.
RAISED_LOCKS = 1024

# Above this, runs of work A take long: half as many will do, and what takes
# quadratic time is left out.
LARGE = 2000

LOOKUPS = [
    ("zishu_upgrade('head')", "SELECT * FROM zishu_upgrade('head')"),
    ("zishu_current()", "SELECT * FROM zishu_current()"),
    ("zishu_heads()", "SELECT * FROM zishu_heads()"),
    ("zishu_history()", "SELECT * FROM zishu_history()"),
    ("zishu_status()", "SELECT * FROM zishu_status()"),
    ("SELECT 1", "SELECT 1"),
]
ALEMBIC_LOOKUPS = [("upgrade", "head"), ("current",), ("heads",),
                   ("history",)]


def progress(text):
    print("%s %s" % (time.strftime("%H:%M:%S"), text), file=sys.stderr,
          flush=True)


def rotated(items, by):
    by %= len(items)
    return items[by:] + items[:by]


# ---- upgrade and downgrade -------------------------------------------------


class Runs:
    """The runs of every tool over one work."""

    def __init__(self, work, tools):
        self.work = work
        self.tools = tools
        self.up = {tool.name: [] for tool in tools}
        self.down = {tool.name: [] for tool in tools}
        self.loading = None
        # Of the last and the first steps: from the ledger, and by a loop with
        # a clock, which is the server's own growth.
        self.last_to_first = {"upgrade": [], "downgrade": []}
        self.limit_last_to_first = {"upgrade": [], "downgrade": []}


def upgrade_and_downgrade(server, tools, work, repeats):
    server.start(RAISED_LOCKS)
    large = work.name == "A" and work.n > LARGE
    if large:
        repeats = (repeats + 1) // 2
        tools = [tool for tool in tools if tool.linear]
    runs = Runs(work, tools)
    for tool in tools:
        progress("%s: preparing %s %d" % (tool.title, work.name, work.n))
        tool.prepare(work)
        if tool.name == "zishu":
            runs.loading = tool.loading
    for turn in range(repeats):
        for tool in rotated(tools, turn):
            one_run(server, tool, runs)
            if tool.name == "do" and work.name == "A":
                clocked_run(tool, runs)
    return runs


def one_run(server, tool, runs):
    work = runs.work
    tool.begin()
    up = tool.upgrade()
    check_tables(server, tool, work.tables())
    server.settle(tool.database)
    down = tool.downgrade()
    if tool.name != "dbmate":
        check_tables(server, tool, 0)
    runs.up[tool.name].append(up)
    runs.down[tool.name].append(down)
    if tool.name == "zishu":
        note_growth(tool, runs.last_to_first, work)
    tool.end()
    progress("%-24s %s %6d  up %7.3f s (CPU %7.3f)  down %7.3f s (CPU %7.3f)"
             % (tool.title, work.name, work.n, up.wall, up.cpu, down.wall,
                down.cpu))


def clocked_run(tool, runs):
    tool.begin()
    note_growth(tool, runs.limit_last_to_first, runs.work)
    tool.end()


def note_growth(tool, ratios, work):
    for action, found in ratios.items():
        first, last = tool.elapsed(action, max(1, work.n // 10))
        found.append(last / first)


def check_tables(server, tool, expected):
    found = server.value(
        tool.database, "SELECT count(*) FROM pg_catalog.pg_class"
        " WHERE relkind = 'r' AND relname LIKE 'bench\\_%'")
    if int(found) != expected:
        raise Failure("%s left %s tables instead of %d" %
                      (tool.title, found, expected))


# ---- looking, and nothing to do ---------------------------------------------


class Lookup:
    """One question at one size of history."""

    def __init__(self, title):
        self.title = title
        self.first = []  # ms, the session's first statement
        self.again = []  # ms, the same once more
        self.whole = []  # samples of a whole psql or Alembic


def lookups(server, directory, n, repeats, alembic):
    """The questions at n applied revisions; Alembic's too, if given."""
    server.start(RAISED_LOCKS)
    work = works.Tiny(n)
    tool = contenders.Zishu(server, directory)
    progress("%s: storing and applying %d" % (tool.title, n))
    tool.prepare(work)
    tool.begin()
    tool.upgrade()
    # What autovacuum does within the minute.
    server.query(tool.database, "VACUUM ANALYZE")
    server.settle(tool.database)

    found = [Lookup(title) for title, _ in LOOKUPS]
    for _ in range(repeats):
        for lookup, (_, sql) in zip(found, LOOKUPS):
            first, again = timed_twice(server, tool.database, sql)
            lookup.first.append(first)
            lookup.again.append(again)
            lookup.whole.append(server.measure(
                server.psql(tool.database, "-c", sql)))
    tool.end()
    server.drop(tool.template)
    progress("%s: looked at %d" % (tool.title, n))
    if alembic:
        found += alembic_lookups(server, directory, work, min(repeats, 3))
    return tool.loading, found


def timed_twice(server, database, sql):
    run = subprocess.run(
        server.psql(database, "-c", "\\timing on", "-c", "\\o /dev/null",
                    "-c", sql, "-c", sql),
        env=server.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, check=False)
    times = re.findall(r"^Time: ([0-9.]+) ms", run.stdout, re.MULTILINE)
    if run.returncode != 0 or len(times) != 2:
        raise Failure(run.stderr)
    return float(times[0]), float(times[1])


def alembic_lookups(server, directory, work, repeats):
    tool = contenders.Alembic(server, directory)
    progress("%s: applying %d" % (tool.title, work.n))
    tool.prepare(work)
    tool.begin()
    tool.upgrade()
    server.settle(tool.database)
    found = []
    for arguments in ALEMBIC_LOOKUPS:
        lookup = Lookup("alembic " + " ".join(arguments))
        lookup.whole = [tool.run(*arguments) for _ in range(repeats)]
        found.append(lookup)
    tool.end()
    progress("%s: looked at %d" % (tool.title, work.n))
    return found


# ---- a call in a small history -----------------------------------------------


class Calls:
    """Many short calls of two kinds, by turns."""

    def __init__(self):
        self.wall = {}  # seconds of each, by kind
        self.cpu = {}   # seconds of one, the mean over blocks, by kind


def small_calls(server, directory, count):
    server.start()
    tool = contenders.Zishu(server, directory)
    tool.prepare(works.Tables(4))
    tool.begin()
    tool.upgrade()
    server.query(tool.database, "VACUUM ANALYZE")
    server.settle(tool.database)
    commands = {sql: server.psql(tool.database, "-c", sql)
                for sql in ("SELECT 1", "SELECT zishu_upgrade()")}
    calls = Calls()
    calls.wall = {sql: [] for sql in commands}
    for turn in range(count):
        for sql in rotated(list(commands), turn):
            calls.wall[sql].append(server.timed(commands[sql]).wall)

    # The server counts CPU in ticks as long as a call or two: whole blocks.
    block = 25
    blocks = max(1, count // block)
    sums = {sql: Sample(0, 0, 0) for sql in commands}
    for turn in range(blocks):
        for sql in rotated(list(commands), turn):
            sample = server.measure(commands[sql], count=block)
            sums[sql] = Sample(0, sums[sql].client + sample.client,
                               sums[sql].server + sample.server)
    calls.cpu = {sql: sums[sql].times(1 / (block * blocks))
                 for sql in commands}
    tool.end()
    server.drop(tool.template)
    progress("a call in a small history: done")
    return calls


# ---- the lock table ------------------------------------------------------------


class Locks:
    """What one transaction holds with the default settings."""

    def __init__(self, action):
        self.action = action
        self.fit = None              # revisions that one transaction takes
        self.fit_of_psql = None
        self.warned_from = None      # revisions from which on it is forecast
        self.warned_before = None    # the WARNING comes before the first step
        self.message = ""


def lock_table(server, directory, n):
    """Runs into the limit with n revisions, which must be too many."""
    work = works.Tables(n)
    own = contenders.Zishu(server, directory)
    peer = contenders.Psql(server, directory)
    found = []
    server.start()
    for tool in (own, peer):
        tool.prepare(work)
        tool.begin()
    for up, call in ((True, "zishu_upgrade('+{}'"),
                     (False, "zishu_downgrade('-{}'")):
        server.start()
        locks = Locks("upgrade" if up else "downgrade")
        run_out_of_locks(server, own.database, call, n, locks)
        locks.fit_of_psql = fit_of_psql(server, peer, up)
        found.append(locks)
        if up:
            server.start(RAISED_LOCKS)
            own.upgrade()
            peer.upgrade()
    for tool in (own, peer):
        tool.end()
    server.drop(own.template)
    progress("the lock table: done")
    return found


def run_out_of_locks(server, database, call, n, locks):
    code, output = speaking(server, database, "SELECT count(*) FROM " +
                            call.format(n) + ")")
    if code == 0:
        raise Failure("%d revisions fit into the lock table" % n)
    error = output.index("ERROR:")
    failed = int(re.search(r'grade of revision "rev_([0-9]+)"',
                           output[error:]).group(1))
    locks.fit = failed - 1 if locks.action == "upgrade" else n - failed
    before = output[:re.search("^(NOTICE|ERROR):", output,
                               re.MULTILINE).start()]
    locks.warned_before = "WARNING:" in before
    locks.message = without_source(before + output[error:])
    locks.warned_from = first_warned(server, database, call, n)


def fit_of_psql(server, tool, up):
    """How many revisions psql -1 comes to, from the line it fails at."""
    script = tool.work.upgrade(1) if up else tool.work.downgrade(1)
    name = "up.sql" if up else "down.sql"
    run = subprocess.run(
        server.psql(tool.database, "-1", "-f", tool.path(name)),
        env=server.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, check=False)
    line = re.search(re.escape(name) + ":([0-9]+): ERROR", run.stderr)
    return (int(line.group(1)) - 1) // script.count("\n") if line else None


def speaking(server, database, sql):
    run = subprocess.run(
        server.psql(database, "-v", "VERBOSITY=verbose", "-c", sql),
        env=server.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, check=False)
    return run.returncode, run.stderr


def without_source(text):
    return "\n".join(line for line in text.splitlines()
                     if not line.startswith("LOCATION:"))


def first_warned(server, database, call, n):
    """The smallest run that is warned of; None if there is no such run."""
    low, high = 1, n + 1
    while low < high:
        middle = (low + high) // 2
        _, output = speaking(server, database, "SELECT count(*) FROM " +
                             call.format(middle) + ", dry_run => true)")
        if "WARNING:" in output:
            high = middle
        else:
            low = middle + 1
    return low if low <= n else None
