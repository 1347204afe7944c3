"""Measures zishu_migrate beside its peers; run.sh prepares what it needs."""

import argparse
import os
import sys
import tempfile

import parts
import report
import schema as schemas
import tenants as crowds
import tools as contenders
import work as works
from server import Failure, Server

PARTS = ["runs", "lookups", "calls", "locks", "schema", "tenants"]


def numbers(text):
    """Sizes of works; of the size 0 there is none."""
    return [int(part) for part in text.split(",") if part.strip("0 ")]


def names(text):
    return [part for part in text.split(",") if part]


def read_options():
    parser = argparse.ArgumentParser(
        prog="bench/run.sh", description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--parts", type=names, default=",".join(PARTS),
                        help="which parts")
    parser.add_argument("--tools", type=names,
                        default=",".join(t.name for t in contenders.ALL),
                        help="which tools in the part runs")
    parser.add_argument("--sizes", type=numbers, default="1000,10000",
                        help="revisions of work A, a table and an index each")
    parser.add_argument("--tiny", type=numbers, default="10000",
                        help="revisions of work B, SELECT n")
    parser.add_argument("--applied", type=numbers, default="10000,100000",
                        help="sizes of history for the part lookups")
    parser.add_argument("--tables", type=numbers, default="1000,10000",
                        help="sizes of the database for the part schema")
    parser.add_argument("--tenants", type=int, default=500,
                        help="tenants to be upgraded in the part tenants")
    parser.add_argument("--idle", type=int, default=5000,
                        help="tenants in its run that has nothing to do")
    parser.add_argument("--repeats", type=int, default=5,
                        help="runs of each tool over a work")
    parser.add_argument("--calls", type=int, default=200,
                        help="calls of each kind in the part calls")
    parser.add_argument("--quick", action="store_true",
                        help="small sizes, one run: does it work at all?")
    parser.add_argument("--port", type=int, default=54395,
                        help="names the server's socket; no port is opened")
    for name in ("bindir", "directory", "settings", "dbmate"):
        parser.add_argument("--" + name, default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.quick:
        options.sizes, options.tiny, options.applied = [200, 400], [500], [500]
        options.tables = [100, 200]
        options.tenants, options.idle = 20, 100
        options.repeats, options.calls = 1, 30
    unknown = (set(options.parts) - set(PARTS)) | (
        set(options.tools) - {tool.name for tool in contenders.ALL})
    if unknown:
        parser.error("unknown: " + ", ".join(sorted(unknown)))
    return options


def pick_tools(options):
    """The tools that are here, and what to say of them."""
    contenders.Dbmate.program = options.dbmate
    versions = []
    for tool in (contenders.Alembic, contenders.Dbmate):
        version = tool.version()
        if version:
            versions.append((tool.title, version))
        elif tool.name in options.tools:
            options.tools.remove(tool.name)
            parts.progress("%s is missing and left out: %s" % (
                tool.title, "apt-get install alembic python3-psycopg2"
                if tool is contenders.Alembic else "npm install dbmate"))
    return versions


class Scratch:
    """Directories for one part each, below that of this run."""

    def __init__(self, directory):
        self.directory = directory

    def __call__(self):
        return tempfile.mkdtemp(prefix="part.", dir=self.directory)


def measure(options, server, scratch, alembic):
    """Prints as it goes: a long run that breaks off has told something."""
    targets = report.Targets()
    all_runs, all_lookups, small, lock = [], [], None, None
    all_schemas, check = [], None
    if "calls" in options.parts:
        small = parts.small_calls(server, scratch(), options.calls)
        show(report.calls(small))
    if "locks" in options.parts:
        lock = parts.lock_table(server, scratch(), 3000)
        show(report.locks(lock))
    if "runs" in options.parts:
        chosen = [tool for tool in contenders.ALL
                  if tool.name in options.tools]
        for work in ([works.Tables(n) for n in options.sizes] +
                     [works.Tiny(n) for n in options.tiny]):
            found = parts.upgrade_and_downgrade(
                server, [tool(server, scratch()) for tool in chosen], work,
                options.repeats)
            all_runs.append(found)
            show(report.runs(found))
    if "lookups" in options.parts:
        for n in options.applied:
            loading, found = parts.lookups(
                server, scratch(), n, max(options.repeats, 5),
                alembic and n <= 10000)
            all_lookups.append((n, found))
            show(report.lookups(n, found))
            show("\nStoring them before: %s s.\n" %
                 report.seconds(loading.wall))
    if "schema" in options.parts:
        repeats = max(options.repeats, 3)
        check = schemas.zishu_check(server, scratch(), examples(), repeats,
                                    alembic)
        show(report.check(check))
        for n in options.tables:
            all_schemas.append(schemas.measure(server, scratch(), n, repeats,
                                               alembic))
            show(report.schema(all_schemas[-1]))
    if "tenants" in options.parts:
        crowd = crowds.measure(server, scratch(), options.tenants,
                               options.idle, max(options.repeats, 3))
        show(report.tenants(crowd))
        report.judge_tenants(targets, crowd)
    report.judge_schemas(targets, all_schemas, check)
    report.judge(targets, all_runs, all_lookups, small, lock)
    show(targets.text())


def examples():
    return os.path.join(os.path.dirname(os.path.dirname(
        os.path.abspath(__file__))), "examples", "zishu")


def show(text):
    print(text, end="", flush=True)


def main():
    options = read_options()
    if not options.bindir:
        sys.exit("run bench/run.sh, which prepares a server")
    versions = pick_tools(options)
    server = Server(options.bindir, options.directory, options.settings,
                    options.port)
    load = os.getloadavg()[0]
    try:
        server.create()
        server.start()
        versions.insert(0, ("PostgreSQL",
                            server.value("postgres", "SHOW server_version")))
        show("## Machine\n\n" + report.machine(
            versions, options.directory))
        show("- %d runs of each, by turns; load average %.2f at the start\n" %
             (options.repeats, load))
        measure(options, server, Scratch(options.directory),
                any(name == "Alembic" for name, _ in versions) and
                "alembic" in options.tools)
    except Failure as failure:
        sys.exit("failed: %s" % failure)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
