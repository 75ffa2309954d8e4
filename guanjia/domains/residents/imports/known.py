"""What a project has on record already, read once: a few statements whatever the size of the file."""

from __future__ import annotations

from guanjia.parts.imports.placed import Placed
from guanjia.people.models import Occupancy, Resident
from guanjia.places.models import Project, Unit


class Known(Placed):
    """Places and people of the project by the keys under which a file names them."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.units: dict[tuple[str, str], int] = {}
        for pk, building, code in Unit.objects.filter(project=project).values_list("pk", "building__code", "code"):
            self.units[(building, code)] = pk
        self._people(project)

    def _people(self, project: Project) -> None:
        self.documents: dict[str, tuple[int, str]] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        rows = Resident.objects.filter(project=project, merged_into__isnull=True, erased_at__isnull=True)
        for pk, name, phone, hashed in rows.order_by("pk").values_list("pk", "name", "phone", "id_hash").iterator(5000):
            if hashed:
                self.documents[hashed] = (pk, name)
            if phone:
                self.numbers.setdefault((name, phone), pk)
        self.homes: set[tuple[int, int, str]] = set()
        self.headed: set[int] = set()
        self.living: dict[tuple[int, str], int] = {}
        homes = Occupancy.objects.filter(project=project, ended_on__isnull=True)
        fields = ("resident_id", "house_id", "role", "is_head", "resident__name")
        for resident, house, role, is_head, name in homes.values_list(*fields).iterator(5000):
            self.homes.add((resident, house, role))
            self.living.setdefault((house, name), resident)
            if is_head:
                self.headed.add(house)
