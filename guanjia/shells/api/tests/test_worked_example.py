"""A stranger follows docs/api.md: its commands run, one after another, against a live server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guanjia.kernel.models import Event
from guanjia.parts.casework.models import Case
from guanjia.people.models import Account
from guanjia.people.tests.cast import Community

PAGE = Path(__file__).resolve().parents[4] / "docs" / "api.md"
PASSWORD = "a long enough word 7"


def commands() -> str:
    """Every block of commands of the page, in order."""
    return "\n".join(re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))


@pytest.mark.django_db(transaction=True)
def test_the_commands_of_the_page_do_what_it_says(north: Community, live_server: Any, tmp_path: Path) -> None:
    for tool in ("bash", "curl", "jq"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    account = Account.objects.get(username="north.receptionist")
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    Image.new("RGB", (60, 40), "white").save(tmp_path / "a.jpg")
    known = {"B": f"{live_server.url}/api", "P": PASSWORD, "PATH": os.environ["PATH"], "no_proxy": "*"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands()],
        cwd=tmp_path,
        env=known,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    case = Case.objects.get(project=north.project)
    assert case.title and str(case.pk) in done.stdout and '"status":422' in done.stdout.replace(" ", "")
    names = list(Event.objects.filter(subject_label="case").order_by("id").values_list("name", flat=True))
    assert names[0] == "repairs.record" and names.count("cases.note") == 2 and "cases.chase" in names
