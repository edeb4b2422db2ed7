"""The field form as files: for inspectors, under a strict policy, every part of one version, small, nothing of the office in it."""

import gzip
import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from sunlot.office.field.parts import MEDIA, parts

FIRST_LOAD = ("shell.html", "app.js", "style.css", "manifest.json", "icon.svg", "worker.js")


def test_it_opens_to_inspectors_only(client_of: Callable[[str], Client]) -> None:
    assert client_of("inspector").get("/field/").status_code == 200
    assert client_of("clerk").get("/field/").status_code == 403
    assert Client().get("/field/").status_code == 302


@pytest.mark.parametrize("name", MEDIA)
def test_its_parts_are_renewed_without_a_session(client_of: Callable[[str], Client], name: str) -> None:
    client_of("inspector")
    answer = Client().get(f"/field/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, MEDIA[name])
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-cache"
    assert "immutable" in Client().get(f"/field/{name}?v=1")["Cache-Control"]


def test_a_part_that_does_not_exist_is_not_found(client_of: Callable[[str], Client]) -> None:
    client_of("inspector")
    assert Client().get("/field/package.json").status_code == 404


def test_the_page_has_no_script_or_style_of_its_own() -> None:
    page = parts()["shell.html"].body.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=", page) == []


def test_page_worker_and_manifest_name_one_version() -> None:
    named = {
        found
        for name in ("shell.html", "worker.js", "manifest.json")
        for found in re.findall(rb"v=([0-9a-f]+)", parts()[name].body)
    }
    assert len(named) == 1
    assert not any(b"{{version}}" in part.body for part in parts().values())


def test_the_manifest_makes_it_installable() -> None:
    manifest = json.loads(parts()["manifest.json"].body)
    assert (manifest["scope"], manifest["start_url"], manifest["display"]) == ("/field/", "/field/", "standalone")
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        assert icon["src"].split("?")[0] in MEDIA


def test_the_first_load_is_far_below_a_megabyte() -> None:
    assert sum(len(gzip.compress(parts()[name].body)) for name in FIRST_LOAD) < 100_000
