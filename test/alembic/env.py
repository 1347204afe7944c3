"""Alembic's environment for t/020_alembic.pl.

ZM_DATABASE is the URL of the database at work, ZM_REFERENCE that of one which
has the schema that the application wants.
"""
import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import MetaData, create_engine


def wanted():
    """What an application declares in Python, read from where it is so."""
    metadata = MetaData()
    if "ZM_REFERENCE" in os.environ:
        with create_engine(os.environ["ZM_REFERENCE"]).connect() as connection:
            metadata.reflect(connection)
        if "alembic_version" in metadata.tables:
            metadata.remove(metadata.tables["alembic_version"])
    return metadata


def offline():
    context.configure(dialect_name="postgresql",
                      dialect_opts={"paramstyle": "named"})
    with context.begin_transaction():
        context.run_migrations()


def online():
    with create_engine(os.environ["ZM_DATABASE"]).connect() as connection:
        context.configure(connection=connection, target_metadata=wanted(),
                          compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


fileConfig(context.config.config_file_name)
if context.is_offline_mode():
    offline()
else:
    online()
