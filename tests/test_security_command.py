"""`make security` says clean only of what was looked at."""

import json
from pathlib import Path

import pytest

from security import running
from security.audit import judged
from security.pages import judged_scan
from security.verdicts import Verdict


def skipped(name: str) -> dict[str, object]:
    return {"name": name, "skip_reason": "Dependency not found on PyPI and could not be audited"}


def test_a_lock_without_known_weaknesses_is_clean() -> None:
    said = judged("lock", [{"name": "django", "version": "5.2.19", "vulns": []}])
    assert str(said) == "clean   lock"


def test_a_weakness_is_found_by_name_and_number() -> None:
    weak = {"name": "django", "version": "5.2.0", "vulns": [{"id": "PYSEC-2025-1"}]}
    assert judged("lock", [weak]).found == ("django 5.2.0 PYSEC-2025-1",)


def test_what_could_not_be_looked_up_is_unknown_and_never_clean() -> None:
    known = {"name": "django", "version": "5.2.19", "vulns": []}
    nothing = judged("lock", [skipped("a"), skipped("b")])
    assert nothing.not_looked_at.endswith("nothing was audited")
    assert "1 of 2 packages were not audited: a" in str(judged("lock", [skipped("a"), known]))
    assert str(judged("lock", [])).startswith("UNKNOWN")


def test_errors_of_the_server_itself_are_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "server.log"
    log.write_text(
        "2026-11-25 18:37:22,408 WARNING django.request Not Found: /en/x/\n"
        "2026-11-25 18:37:23,408 ERROR django.request Internal Server Error: /kk/x/\n"
        "2026-11-25 18:37:24,408 ERROR django.request Internal Server Error: /kk/x/\n"
    )
    monkeypatch.setattr(running, "LOG", log)
    assert running.errors_in_log() == ("django.request Internal Server Error: /kk/x/ (2 times)",)


def test_what_the_scanner_tells_of_is_found_except_what_is_meant(tmp_path: Path) -> None:
    report = {
        "vulnerabilities": {
            "Cross Site Request Forgery": [{"path": "/theme/"}, {"path": "/kk/other/"}],
            "SQL Injection": [],
        },
        "anomalies": {"Internal Server Error": [{"path": "/kk/"}]},
        "infos": {"crawled_pages_nbr": 12},
    }
    told = judged_scan("visitor", json.loads(json.dumps(report)))
    assert told == Verdict(
        "wapiti as visitor, 12 pages",
        found=("Cross Site Request Forgery (1)", "Internal Server Error (1)"),
    )
