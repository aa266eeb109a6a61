"""The promise of the portal, kept by the database: no loop closes while something in it is untreated.

A trigger on SQLite and PostgreSQL refuses `closed_at`, whichever way it is written: form, service, administration,
`save()`, `queryset.update()` or SQL. The same rule in Python (`Loop.check_closable`) says the reason in plain words.

The trigger is taken away before migrations and put back after them (`ParticipationConfig`): SQLite rebuilds a table to
change it, and neither keeps the triggers of the old one nor renames it while a trigger elsewhere names it.
See docs/decisions/016-a-loop-that-the-database-guards.md.
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

NAME = "participation_loop_promise"
MESSAGE = "A loop cannot be closed while something in it waits, or without a summary."
LANGUAGES = ("de", "fr", "lb", "en", "pt")
TABLES = {
    "participation_loop": {"closed_at", *(f"summary_{code}" for code in LANGUAGES)},
    "participation_contribution": {"loop_id", "status", "merged_into_id"},
    "participation_point": {"contribution_id", "treatment_id"},
    "participation_moderationdecision": {"contribution_id"},
    "participation_appeal": {"decision_id", "decided_at"},
}

_NO_SUMMARY = " AND ".join(f"TRIM(COALESCE(NEW.summary_{code}, '')) = ''" for code in LANGUAGES)
_UNANSWERED = """(NOT EXISTS (SELECT 1 FROM participation_point p WHERE p.contribution_id = {key})
    OR EXISTS (SELECT 1 FROM participation_point p WHERE p.contribution_id = {key} AND p.treatment_id IS NULL))"""
_BROKEN = f"""(
  {_NO_SUMMARY} AND TRIM(COALESCE(NEW.summary, '')) = ''
) OR EXISTS (
  SELECT 1 FROM participation_contribution c
  LEFT JOIN participation_contribution t ON t.id = c.merged_into_id
  WHERE c.loop_id = NEW.id AND (
    c.status = 'waiting'
    OR (c.status = 'published' AND c.merged_into_id IS NULL AND {_UNANSWERED.format(key="c.id")})
    OR (c.status = 'published' AND c.merged_into_id IS NOT NULL
        AND (t.status <> 'published' OR {_UNANSWERED.format(key="t.id")}))
  )
) OR EXISTS (
  SELECT 1 FROM participation_appeal a
  JOIN participation_moderationdecision d ON d.id = a.decision_id
  JOIN participation_contribution c ON c.id = d.contribution_id
  WHERE c.loop_id = NEW.id AND a.decided_at IS NULL
)"""  # noqa: S608 -- only constants of this module

_SQLITE = """
CREATE TRIGGER {name}_{verb} BEFORE {event} ON participation_loop
WHEN NEW.closed_at IS NOT NULL {only_new} AND ({broken})
BEGIN SELECT RAISE(ABORT, '{message}'); END"""

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF NEW.closed_at IS NULL OR (TG_OP = 'UPDATE' AND OLD.closed_at IS NOT NULL) THEN
    RETURN NEW;
  END IF;
  IF {_BROKEN} THEN
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $body$"""
_POSTGRESQL_TRIGGER = f"""
CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE OF closed_at ON participation_loop
FOR EACH ROW EXECUTE FUNCTION {NAME}()"""

_REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {NAME}_insert", f"DROP TRIGGER IF EXISTS {NAME}_update"],
    "postgresql": [f"DROP TRIGGER IF EXISTS {NAME} ON participation_loop", f"DROP FUNCTION IF EXISTS {NAME}()"],
}
_INSTALL = {
    "sqlite": [
        _SQLITE.format(name=NAME, verb="insert", event="INSERT", only_new="", broken=_BROKEN, message=MESSAGE),
        _SQLITE.format(
            name=NAME,
            verb="update",
            event="UPDATE OF closed_at",
            only_new="AND OLD.closed_at IS NULL",
            broken=_BROKEN,
            message=MESSAGE,
        ),
    ],
    "postgresql": [_POSTGRESQL_FUNCTION, _POSTGRESQL_TRIGGER],
}


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the trigger away; does nothing where there is none."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if "participation_loop" in tables:
        _run(connection, _REMOVE[connection.vendor])


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put the trigger in place, or anew; does nothing on a schema that is too old for it."""
    connection = connections[using]
    if not _fits(connection):
        return
    _run(connection, [*_REMOVE[connection.vendor], *_INSTALL[connection.vendor]])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _fits(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table, needed in TABLES.items():
            if table not in tables:
                return False
            columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            if not needed <= columns:
                return False
    return True
