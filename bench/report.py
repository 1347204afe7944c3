"""Markdown tables."""

import os
import platform
import statistics

import schema as schemas
import tenants as crowds


def median(samples, of):
    return statistics.median(of(sample) for sample in samples)


def wall(sample):
    return sample.wall


def cpu(sample):
    return sample.cpu


def client(sample):
    return sample.client


def server(sample):
    return sample.server


def spread(samples, of):
    """How far the runs lie apart, as a part of their median."""
    values = [of(sample) for sample in samples]
    return (max(values) - min(values)) / statistics.median(values)


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |",
             "|" + "|".join([" --- "] + [" ---: "] * (len(header) - 1)) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def seconds(value):
    return "%.3f" % value if value < 10 else "%.2f" % value


def milliseconds(value):
    return "%.2f" % value if value < 10 else "%.1f" % value


# ---- machine ----------------------------------------------------------------


def machine(versions, directory):
    lines = ["- %s, %d cores, %.0f GiB of memory, Linux %s, data on %s" %
             (processor(), os.cpu_count(),
              os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
              platform.release(), file_system(directory))]
    lines += ["- %s %s" % item for item in versions]
    return "\n".join(lines) + "\n"


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        for line in info:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def file_system(path):
    """The kind of file system that a path is on."""
    device = os.stat(path).st_dev
    kind = "?"
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
        for line in mounts:
            fields = line.split()
            major, minor = fields[2].split(":")
            if os.makedev(int(major), int(minor)) == device:
                kind = fields[fields.index("-") + 1]
    return kind


# ---- parts ------------------------------------------------------------------


def runs(found):
    """One table for upgrade and one for downgrade."""
    text = ""
    for action, samples in (("upgrade", found.up), ("downgrade", found.down)):
        text += "\n### %s: %s, %d revisions\n\n" % (
            found.work.name, action, found.work.n)
        text += runs_table(found, action, samples)
    if found.loading:
        text += ("\nStoring these revisions before, with `zishu_load()`:"
                 " %s s (CPU %s s).\n" % (seconds(found.loading.wall),
                                          seconds(found.loading.cpu)))
    return text


def runs_table(found, action, samples):
    own = samples.get("zishu")
    rows = []
    for tool in found.tools:
        of = samples[tool.name]
        estimated = action == "downgrade" and tool.name == "dbmate"
        rows.append([
            tool.title + (" (reckoned)" if estimated else ""), str(len(of)),
            seconds(median(of, wall)), seconds(median(of, cpu)),
            seconds(median(of, client)), seconds(median(of, server)),
            "%.1f" % (median(of, cpu) / found.work.n * 1e6),
            "%.0f %%" % (100 * spread(of, cpu)),
            ratio(own, of, wall), ratio(own, of, cpu)])
    return table(["", "runs", "wall s", "CPU s", "of client", "of server",
                  "CPU µs per revision", "spread of CPU", "wall, zishu = 1",
                  "CPU, zishu = 1"], rows)


def ratio(own, of, what):
    if not own:
        return ""
    return "%.3f" % (median(of, what) / median(own, what))


def lookups(n, found):
    rows = []
    for lookup in found:
        rows.append([
            "`%s`" % lookup.title,
            milliseconds(statistics.median(lookup.first))
            if lookup.first else "",
            milliseconds(statistics.median(lookup.again))
            if lookup.again else "",
            milliseconds(1000 * median(lookup.whole, wall))])
    return ("\n### With %d applied revisions\n\n" % n +
            table(["", "first in a session, ms", "once more, ms",
                   "whole command, ms"], rows))


def calls(found):
    rows = []
    for sql, walls in found.wall.items():
        cost = found.cpu[sql]
        rows.append(["`psql -c '%s'`" % sql,
                     milliseconds(1000 * statistics.median(walls)),
                     milliseconds(1000 * cost.cpu),
                     milliseconds(1000 * cost.client),
                     milliseconds(1000 * cost.server)])
    return ("\n### A call with nothing to do, 4 revisions applied\n\n" +
            table(["", "wall ms", "CPU ms", "of client", "of server"], rows))


def locks(found):
    rows = [["A, " + of.action, str(of.fit), str(of.fit_of_psql),
             str(of.warned_from), "yes" if of.warned_before else "no"]
            for of in found]
    return ("\n### The lock table, default settings\n\n" +
            table(["", "revisions that fit", "with psql -1", "forecast from",
                   "WARNING before the first step"], rows) +
            "\n```\n%s\n```\n" % found[0].message)


def schema(found):
    rows = []
    dump = found.of(schemas.DUMP)
    for title, of in found.samples.items():
        rows.append(["`%s`" % title if title.startswith(("zishu", "pg_")) else
                     title, str(len(of)), seconds(median(of, wall)),
                     seconds(median(of, cpu)), seconds(median(of, client)),
                     seconds(median(of, server)),
                     "%.0f %%" % (100 * spread(of, cpu)),
                     "%.2f" % (median(of, wall) / median(dump, wall)),
                     "%.2f" % (median(of, cpu) / median(dump, cpu))])
    return ("\n### A schema of %d tables; its text has %.1f MB\n\n" %
            (found.n, found.bytes / 1e6) +
            table(["", "runs", "wall s", "CPU s", "of client", "of server",
                   "spread of CPU", "wall, pg_dump = 1", "CPU, pg_dump = 1"],
                  rows))


def check(found):
    rows = [["`zishu_check()`, the model built",
             milliseconds(statistics.median(found.built))],
            ["`zishu_check()`, the model kept, first in a session",
             milliseconds(statistics.median(found.first))],
            ["`zishu_check()`, the model kept, once more",
             milliseconds(statistics.median(found.again))],
            ["`psql -c 'SELECT zishu_check()'`, the whole process",
             milliseconds(1000 * found.whole.wall),
             milliseconds(1000 * found.whole.cpu)]]
    if found.alembic:
        rows.append([schemas.REFLECT + ", the whole process",
                     milliseconds(1000 * median(found.alembic, wall)),
                     milliseconds(1000 * median(found.alembic, cpu))])
    return "\n### The Zishu schema\n\n" + table(
        ["", "ms", "CPU ms"], [row + [""] * (3 - len(row)) for row in rows])


def tenants(found):
    rows = []
    one = found.of(crowds.ONE)
    for title, of in found.samples.items():
        rows.append([title if title == crowds.LOOP else "`%s`" % title,
                     str(found.idle if title == crowds.IDLE else found.n),
                     str(len(of)), seconds(median(of, wall)),
                     seconds(median(of, cpu)),
                     "%.2f" % (median(of, wall) / median(one, wall))])
    return ("\n### Tenants, %d revisions of two tables and an index\n\n" %
            crowds.REVISIONS +
            table(["", "tenants", "runs", "wall s", "CPU s",
                   "wall, jobs 1 = 1"], rows))


# ---- targets ----------------------------------------------------------------


class Targets:
    """What is aimed at, beside what was found."""

    def __init__(self):
        self.rows = []

    def at_most(self, title, value, bound, unit=""):
        self._add(title, value, "at most", bound, unit, value <= bound)

    def at_least(self, title, value, bound, unit=""):
        self._add(title, value, "at least", bound, unit, value >= bound)

    def _add(self, title, value, how, bound, unit, met):
        self.rows.append([title, "%s %g%s" % (how, bound, unit),
                          "%.3g%s" % (value, unit), "yes" if met else "**no**"])

    def text(self):
        if not self.rows:
            return ""
        return "\n## Targets\n\n" + table(["", "target", "found", "met"],
                                          self.rows)


def judge(targets, all_runs, all_lookups, small, lock):
    for found in all_runs:
        judge_runs(targets, found)
    judge_growth(targets, [found for found in all_runs
                           if found.work.name == "A"])
    for n, rows in all_lookups:
        judge_lookups(targets, n, rows)
    if small:
        judge_calls(targets, small)
    for found in lock or []:
        targets.at_most("lock table, %s: forecast from, to what fits" %
                        found.action,
                        (found.warned_from or float("inf")) / (found.fit + 1),
                        1)


def judge_runs(targets, found):
    heavy = found.work.name == "A"
    limits = [("do", "DO block, a loop", 1.05 if heavy else 1.5),
              ("dolines", "DO block, a line each", 1.05 if heavy else 1.5),
              ("psql", "psql -1", 0.85 if heavy else None)]
    for action, samples in (("upgrade", found.up), ("downgrade", found.down)):
        own = samples.get("zishu")
        if not own:
            continue
        title = "%s %d, %s: " % (found.work.name, found.work.n, action)
        for how, of in (("CPU", cpu), ("wall", wall)):
            for name, peer, bound in limits:
                if bound and samples.get(name):
                    targets.at_most(
                        "%s%s to %s" % (title, how, peer),
                        median(own, of) / median(samples[name], of), bound)
            if samples.get("alembic"):
                targets.at_least(
                    "%s%s, times faster than Alembic" % (title, how),
                    median(samples["alembic"], of) / median(own, of),
                    2.5 if heavy else 50)
        for whose, ratios in (("", found.last_to_first),
                              (", DO block", found.limit_last_to_first)):
            if ratios[action]:
                targets.at_most(
                    title + "last tenth of the steps to the first" + whose,
                    statistics.median(ratios[action]), 1.2)


def judge_growth(targets, found):
    """The cost of a revision in the longest run to that in the shortest."""
    if len(found) < 2 or "zishu" not in found[0].up:
        return
    small = min(found, key=lambda of: of.work.n)
    large = max(found, key=lambda of: of.work.n)
    for action in ("up", "down"):
        for name, title in (("zishu", "zishu_migrate"),
                            ("do", "DO block, a loop")):
            both = [getattr(of, action).get(name) for of in (small, large)]
            if not all(both):
                continue
            value = (median(both[1], cpu) / large.work.n) / (
                median(both[0], cpu) / small.work.n)
            targets.at_most(
                "A, %sgrade: CPU per revision at %d to %d, %s" %
                (action, large.work.n, small.work.n, title), value, 1.05)


def judge_lookups(targets, n, rows):
    bounds = {"zishu_upgrade('head')": 15, "zishu_current()": 15,
              "zishu_heads()": 15, "zishu_history()": 100}
    for row in rows:
        if row.title in bounds:
            bound = bounds[row.title] * max(1, n // 10000)
            targets.at_most("%d applied: %s, first in a session" %
                            (n, row.title), statistics.median(row.first),
                            bound, " ms")


def judge_calls(targets, found):
    own, bare = "SELECT zishu_upgrade()", "SELECT 1"
    targets.at_most("small history: wall of a call to SELECT 1",
                    statistics.median(found.wall[own]) /
                    statistics.median(found.wall[bare]), 1.2)
    targets.at_most("small history: CPU of a call to SELECT 1",
                    found.cpu[own].cpu / found.cpu[bare].cpu, 1.2)


def judge_tenants(targets, found):
    targets.at_most("%d tenants with nothing to do" % found.idle,
                    median(found.of(crowds.IDLE), wall), 1, " s")
    targets.at_most("tenants: wall of two jobs to the loop of psql",
                    median(found.of(crowds.TWO), wall) /
                    median(found.of(crowds.LOOP), wall), 1)


def judge_schemas(targets, found, check_times):
    for of in found:
        dump = of.of(schemas.DUMP)
        picture = of.of(schemas.SNAPSHOT)
        equal = of.of(schemas.EQUAL_TEXTS)
        live = of.of(schemas.EQUAL_LIVE)
        changed = of.of(schemas.CHANGED)
        title = "schema of %d: " % of.n
        for how, what in (("CPU", cpu), ("wall", wall)):
            targets.at_most("%s%s of a snapshot to pg_dump" % (title, how),
                            median(picture, what) / median(dump, what), 1)
            targets.at_most("%s%s of comparing two texts to pg_dump" %
                            (title, how),
                            median(equal, what) / median(dump, what), 0.25)
            targets.at_most("%s%s with 1 %% changed to nothing changed" %
                            (title, how),
                            median(changed, what) / median(live, what), 1.1)
    if len(found) > 1:
        small, large = found[0], found[-1]
        for title in (schemas.SNAPSHOT, schemas.EQUAL_LIVE):
            targets.at_most(
                "%s: CPU per table at %d to %d" % (title, large.n, small.n),
                median(large.of(title), cpu) / large.n /
                (median(small.of(title), cpu) / small.n), 1.2)
    if check_times:
        targets.at_most("Zishu: zishu_check(), the model built",
                        statistics.median(check_times.built), 500, " ms")
        targets.at_most("Zishu: zishu_check(), the model kept",
                        statistics.median(check_times.first), 60, " ms")
