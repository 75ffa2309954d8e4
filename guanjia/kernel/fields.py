"""Fields: a reference that cannot leave its project, and text that is encrypted at rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement, Table

from . import crypto


def own(table: str = "%(app_label)s_%(class)s") -> models.UniqueConstraint:
    """The `(project, id)` key that composite references point at."""
    return models.UniqueConstraint(fields=["project", "id"], name=f"{table}_own")


class Matches(models.BaseConstraint):
    """Database-only foreign key over several columns, NOT DEFERRABLE. Where one of them is NULL nothing is asked.

    Code keeps its ordinary ForeignKeys; this holds what they cannot say: that a line continues the line before it.
    """

    def __init__(self, *, columns: Sequence[str], to: str, to_columns: Sequence[str], name: str) -> None:
        super().__init__(name=name)
        self.columns, self.to, self.to_columns = tuple(columns), to, tuple(to_columns)

    def _clause(self, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        mine, theirs = (", ".join(quote(c) for c in columns) for columns in (self.columns, self.to_columns))
        return f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({mine}) REFERENCES {quote(self.to)} ({theirs})"

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """In a new table: added when all tables of the migration stand, whatever their order."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        return Statement("ALTER TABLE %(table)s ADD %(clause)s", table=table, clause=self._clause(schema_editor))

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s", table=table, name=schema_editor.quote_name(self.name)
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """The database is the judge."""

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        said = {"columns": self.columns, "to": self.to, "to_columns": self.to_columns, "name": self.name}
        return "guanjia.kernel.fields.Matches", (), said

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Matches) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)


class InProject(Matches):
    """The composite reference `(project_id, x_id) → (project_id, id)`.

    It makes the database itself refuse a reference into another project, and is what a later distribution by
    project needs. Code keeps the ordinary one-column ForeignKey.
    """

    def __init__(self, *, column: str, to: str, name: str) -> None:
        super().__init__(columns=("project_id", column), to=to, to_columns=("project_id", "id"), name=name)
        self.column = column

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        return "guanjia.kernel.fields.InProject", (), {"column": self.column, "to": self.to, "name": self.name}


class ScopedForeignKey(models.ForeignKey):
    """A ForeignKey between operational tables, held within the project by an `InProject` constraint of its model.

    The constraint comes by itself, named `<table>_<field>_in`; the table that is referred to has `own()`. A model that
    lists an `InProject` for the column among its constraints keeps that one, under the name it has.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.pop("db_constraint", None)
        super().__init__(to, on_delete, db_constraint=False, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs

    def contribute_to_related_class(self, cls: Any, related: Any) -> None:
        """Both tables are known: never for an abstract base, once for each model that inherits from it."""
        super().contribute_to_related_class(cls, related)
        options = self.model._meta
        if self.model.__module__ == "__fake__":  # of a migration, which says itself what stood at its time
            return
        if any(isinstance(one, InProject) and one.column == self.column for one in options.constraints):
            return
        name = f"{options.db_table}_{self.name}_in"[:50]
        held = InProject(column=self.column, to=cls._meta.db_table, name=name)
        options.constraints = options.original_attrs["constraints"] = [*options.constraints, held]


class SealedTextField(models.BinaryField):
    """Text that is encrypted at rest (ID numbers, health and care notes); in Python it is plain text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 500, "editable": True, **kwargs})

    @property
    def _context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = crypto.seal(crypto.derived("columns"), value.encode(), self._context) if value else b""
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        if value is None:
            return None
        raw = bytes(value)
        return crypto.open_sealed(crypto.derived("columns"), raw, self._context).decode() if raw else ""

    def to_python(self, value: Any) -> Any:
        return value
