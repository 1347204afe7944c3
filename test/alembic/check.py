"""What "alembic check" does, for the releases before 1.9, which have none."""
import sys

from alembic import command, util
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory


def check(config):
    """Raises an error that begins as that of the command does."""
    scripts = ScriptDirectory.from_config(config)

    def compare(heads, context):
        if set(scripts.get_heads()) != set(heads):
            raise util.CommandError("Target database is not up to date.")
        differences = compare_metadata(context,
                                       context.opts["target_metadata"])
        if differences:
            raise util.CommandError("New upgrade operations detected: %s" %
                                    differences)
        print("No new upgrade operations detected.")
        return []

    with EnvironmentContext(config, scripts, fn=compare, dont_mutate=True):
        scripts.run_env()


try:
    getattr(command, "check", check)(Config("alembic.ini"))
except util.CommandError as error:
    sys.exit("FAILED: %s" % error)
