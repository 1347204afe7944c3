"""The work that is measured: revisions, and the same ones for each tool."""

import os


class Work:
    """A chain of revisions: n, and what script number i does and undoes."""

    def __init__(self, name, n):
        self.name = name
        self.n = n

    def upgrade(self, i):
        raise NotImplementedError

    def downgrade(self, i):
        raise NotImplementedError

    def tables(self):
        """How many tables there are when all of it is done."""
        raise NotImplementedError


class Tables(Work):
    """Work A: a table and an index on it."""

    def __init__(self, n):
        super().__init__("A", n)

    def upgrade(self, i):
        return ("CREATE TABLE bench_{0:06} (\n"
                "  id integer PRIMARY KEY,\n"
                "  name text NOT NULL\n"
                ");\n"
                "CREATE INDEX bench_{0:06}_name ON bench_{0:06} (name);\n"
                .format(i))

    def downgrade(self, i):
        return "DROP TABLE bench_{:06};\n".format(i)

    def tables(self):
        return self.n


class Tiny(Work):
    """Work B: hardly anything."""

    def __init__(self, n):
        super().__init__("B", n)

    def upgrade(self, i):
        return "SELECT {};\n".format(i)

    def downgrade(self, i):
        return "SELECT -{};\n".format(i)

    def tables(self):
        return 0


def revision_id(i):
    return "rev_{:06}".format(i)


def write(path, text):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def fresh_directory(path):
    os.makedirs(path)
    return path


def write_native(work, path):
    fresh_directory(path)
    for i in range(1, work.n + 1):
        write(os.path.join(path, revision_id(i) + ".sql"),
              "-- revision: {}\n-- revises:{}\n-- message: number {}\n\n"
              "-- zishu:upgrade\n{}\n-- zishu:downgrade\n{}".format(
                  revision_id(i), "" if i == 1 else " " + revision_id(i - 1),
                  i, work.upgrade(i), work.downgrade(i)))


def write_alembic(work, path):
    """Version files; what surrounds them is made by "alembic init"."""
    for i in range(1, work.n + 1):
        write(os.path.join(path, revision_id(i) + ".py"),
              '"""number {}"""\n'
              "from alembic import op\n\n"
              "revision = {!r}\ndown_revision = {!r}\n"
              "branch_labels = None\ndepends_on = None\n\n\n"
              'def upgrade() -> None:\n    op.execute("""\n{}""")\n\n\n'
              'def downgrade() -> None:\n    op.execute("""\n{}""")\n'.format(
                  i, revision_id(i), revision_id(i - 1) if i > 1 else None,
                  work.upgrade(i), work.downgrade(i)))


def write_dbmate(work, path):
    fresh_directory(path)
    for i in range(1, work.n + 1):
        write(os.path.join(path, "{:014}_number.sql".format(i)),
              "-- migrate:up\n{}\n-- migrate:down\n{}".format(
                  work.upgrade(i), work.downgrade(i)))


def scripts(work, up):
    """The scripts in the order in which they run."""
    if up:
        return (work.upgrade(i) for i in range(1, work.n + 1))
    return (work.downgrade(i) for i in range(work.n, 0, -1))


def write_concatenated(work, up, path):
    write(path, "".join(scripts(work, up)))


def write_do_loop(work, up, path):
    """One EXECUTE that all scripts go through."""
    write(path, "DO $bench$\nDECLARE\n  script text;\nBEGIN\n"
          "FOREACH script IN ARRAY ARRAY[\n" +
          ",\n".join("$script$" + script + "$script$"
                     for script in scripts(work, up)) +
          "\n] LOOP\n  EXECUTE script;\nEND LOOP;\nEND\n$bench$;\n")


def write_do_clocked(work, up, tenth, path):
    """The same loop, which says what its first and its last scripts took."""
    write(path, "DO $bench$\nDECLARE\n  script text;\n  n int := 0;\n"
          "  began timestamptz := clock_timestamp();\n"
          "  first interval;\n  later timestamptz;\nBEGIN\n"
          "FOREACH script IN ARRAY ARRAY[\n" +
          ",\n".join("$script$" + script + "$script$"
                     for script in scripts(work, up)) +
          "\n] LOOP\n  EXECUTE script;\n  n := n + 1;\n"
          "  IF n = {0} THEN first := clock_timestamp() - began; END IF;\n"
          "  IF n = {1} THEN later := clock_timestamp(); END IF;\n"
          "END LOOP;\n"
          "PERFORM set_config('bench.tenths', concat_ws(' ',"
          " extract(epoch FROM first),"
          " extract(epoch FROM clock_timestamp() - later)), false);\n"
          "END\n$bench$;\n"
          "SHOW bench.tenths;\n".format(tenth, work.n - tenth))


def write_do_lines(work, up, path):
    """An EXECUTE for each script."""
    write(path, "DO $bench$\nBEGIN\n" +
          "".join("EXECUTE $script$" + script + "$script$;\n"
                  for script in scripts(work, up)) +
          "END\n$bench$;\n")
