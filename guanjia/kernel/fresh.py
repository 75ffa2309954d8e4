"""An empty database gets its tables at once, as the models describe them, and every migration is noted as applied.

Django would walk the whole way that the tables have come, rendering every model anew at each step: minutes on a slow
machine, for the same result. That it is the same is tested, column by column and constraint by constraint
(`test_fresh`). Where a migration does more than describe models, the long way is taken.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.postgres.operations import CreateExtension
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.state import ProjectState
from procrastinate.contrib.django.migrations_utils import RunProcrastinateSQL

# What describes models, and is in the models already.
DESCRIBES = (ModelOperation, FieldOperation, IndexOperation)
# What stands for itself: needs no model, and nothing but what comes before it here.
ALONE = (CreateExtension, RunProcrastinateSQL)
# Django's own, which mend rows that an empty database does not have.
MENDS_ROWS = {("auth", "0011_update_proxy_permissions"), ("contenttypes", "0002_remove_content_type_name")}


def build(connection: Any) -> bool:
    """Whether the tables were made this way."""
    if connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    steps = [step for m in plan if (m.app_label, m.name) not in MENDS_ROWS for step in m.operations]
    if not all(isinstance(step, DESCRIBES + ALONE) for step in steps):
        return False
    with connection.cursor() as cursor:  # nothing is lost that could not be made again: no waiting for the disk
        cursor.execute("SET synchronous_commit TO off")
    executor.recorder.ensure_schema()
    queues = [m for m in plan if any(isinstance(step, RunProcrastinateSQL) for step in m.operations)]
    for migration in queues:
        _apart(connection, executor, migration)
    with connection.schema_editor(atomic=True) as editor:
        for step in steps:
            if isinstance(step, CreateExtension):
                step.database_forwards("", editor, ProjectState(), ProjectState())
        for model in _models({migration.app_label for migration in plan}, connection):
            editor.create_model(model)
        _note(executor, [m for m in plan if m not in queues])
    return True


def _apart(connection: Any, executor: MigrationExecutor, migration: Any) -> None:
    """One of the queue's: in a transaction of its own, for a new value of an enum may not be used before it is
    committed (PostgreSQL 15). Noted there and then: a start that is cut off here goes on the long way."""
    with connection.schema_editor(atomic=True) as editor:
        for step in migration.operations:
            if isinstance(step, RunProcrastinateSQL):
                step.database_forwards(migration.app_label, editor, ProjectState(), ProjectState())
        _note(executor, [migration])


def _note(executor: MigrationExecutor, migrations: list[Any]) -> None:
    made = [executor.recorder.Migration(app=m.app_label, name=m.name) for m in migrations]
    executor.recorder.migration_qs.bulk_create(made)


def _models(labels: set[str], connection: Any) -> list[Any]:
    found = (m for config in apps.get_app_configs() if config.label in labels for m in config.get_models())
    return [m for m in found if m._meta.can_migrate(connection) and not m._meta.proxy]
