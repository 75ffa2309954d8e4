import gzip

import pytest
from django.test import Client

from guanjia.web.styles import sheet

BANNED = ("color-mix(", ":has(", "oklch(", "@layer", ":is(", ":where(", "@container", "aspect-ratio", "inset:")


@pytest.fixture
def client():
    return Client()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("address", ["/patterns/", "/patterns/phone/"])
def test_every_pattern_is_drawn(client, address, language):
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"clock-soon" in answer.content


@pytest.mark.django_db
def test_the_page_of_patterns_speaks_chinese(client):
    text = client.get("/patterns/").content.decode()
    assert "处理中" in text
    assert "In progress" not in text


def test_the_sheet_stays_small_and_old_browsers_can_read_it():
    assert len(gzip.compress(sheet().plain, 9)) < 25_000
    text = sheet().plain.decode()
    assert not [word for word in BANNED if word in text]
    assert "prefers-color-scheme: dark" in text
    assert text.count("{") == text.count("}")


@pytest.mark.django_db
def test_the_sheet_is_served_compressed_and_for_long(client):
    address = f"/look/{sheet().digest}.css"
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(answer.content) == sheet().plain
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(address, headers={"accept-encoding": "br"}).headers["Content-Encoding"] == "br"
    assert client.get(address).content == sheet().plain


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/look/0000.css", "/look/..css"])
def test_another_sheet_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_worker_knows_its_files(client):
    text = client.get("/sw.js").content.decode()
    assert sheet().digest in text
    assert "__FILES__" not in text and "__OFFLINE__" not in text
    assert '"/offline"' in text and "没有网络" in client.get("/offline").content.decode()


@pytest.mark.django_db
def test_a_wish_is_kept_in_this_browser(client):
    answer = client.post("/look/theme", {"theme": "dark", "next": "/patterns/"})
    assert answer.url == "/patterns/"
    assert b'data-theme="dark"' in client.get("/patterns/").content


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("theme", "pink"), ("density", ""), ("keys", "maybe")])
def test_an_unknown_wish_changes_nothing(client, name, value):
    assert not client.post(f"/look/{name}", {name: value}).cookies


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x()"])
def test_a_wish_does_not_lead_out_of_the_house(client, address):
    assert client.post("/look/theme", {"theme": "dark", "next": address}).url == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["theme", "density", "keys", "language"])
def test_a_wish_is_not_a_link(client, name):
    assert client.get(f"/look/{name}").status_code == 405


@pytest.mark.django_db
def test_a_stranger_gets_no_token(client):
    assert client.get("/look/token").json() == {"token": "", "who": ""}


@pytest.mark.django_db
def test_a_forged_cookie_is_as_good_as_none(client):
    client.cookies["gj_theme"] = '"><script>'
    assert b'data-theme="auto"' in client.get("/patterns/").content
