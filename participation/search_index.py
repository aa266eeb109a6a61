"""The full-text index over contributions: made after each migration, so that no change of a table can lose it.

SQLite: a virtual FTS5 table of trigrams beside the table, kept by three triggers. Django rebuilds a table to change it
on SQLite, and its triggers go with the old one; therefore they are not made in one migration but looked after here.
PostgreSQL: an index on an expression, with accents taken away and with trigrams where the database lets us have the
extensions `unaccent` and `pg_trgm` (PostgreSQL's owner of the database may create both); it works without them too.
"""

from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "participation_contribution"
FTS = "participation_contribution_fts"
FOLD = "participation_fold"
TRIGGERS = {
    "ai": f"AFTER INSERT ON {TABLE} BEGIN {{add}} END",
    "ad": f"AFTER DELETE ON {TABLE} BEGIN {{drop}} END",
    "au": f"AFTER UPDATE OF title, text ON {TABLE} BEGIN {{drop}} {{add}} END",
}
ADD = f"INSERT INTO {FTS}(rowid, title, text) VALUES (new.id, new.title, new.text);"
DROP = f"INSERT INTO {FTS}({FTS}, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);"


def ensure_index(using: str = "default", **kwargs: Any) -> None:
    """Make what is missing; runs after `migrate` and changes nothing the second time."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    if connection.vendor == "sqlite":
        _sqlite(connection)
    elif connection.vendor == "postgresql":
        _postgresql(connection)


def _sqlite(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{FTS}_%"])
        there = {name for (name,) in cursor.fetchall()}
        if there >= {f"{FTS}_{end}" for end in TRIGGERS}:
            return
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5("
            f"title, text, content='{TABLE}', content_rowid='id', tokenize='trigram')"
        )
        for end, template in TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {FTS}_{end}")
            cursor.execute(f"CREATE TRIGGER {FTS}_{end} {template.format(add=ADD, drop=DROP)}")
        cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')")


def _postgresql(connection: BaseDatabaseWrapper) -> None:
    unaccent, trigrams = (_extension(connection, name) for name in ("unaccent", "pg_trgm"))
    folded = f"lower({unaccent}.unaccent('{unaccent}.unaccent', $1))" if unaccent else "lower($1)"
    words = f"{FOLD}(title || ' ' || text)"
    with connection.cursor() as cursor:
        # IMMUTABLE, so that an index can use it; `unaccent` itself is only STABLE because its rules could be exchanged.
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {FOLD}(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
            f"AS $$ SELECT {folded} $$"
        )
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS participation_contribution_words ON {TABLE} "
            f"USING gin (to_tsvector('simple', {words}))"
        )
        if trigrams:
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS participation_contribution_trigrams ON {TABLE} "
                f"USING gin ({words} {trigrams}.gin_trgm_ops)"
            )


def _extension(connection: BaseDatabaseWrapper, name: str) -> str:
    """The schema of an extension, made if we may; empty where we may not."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    except DatabaseError:
        return ""
    return extension_schema(connection, name)


def extension_schema(connection: BaseDatabaseWrapper, name: str) -> str:
    """Where an extension lives; empty where it is not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
            "WHERE e.extname = %s",
            [name],
        )
        row = cursor.fetchone()
    return row[0] if row else ""
