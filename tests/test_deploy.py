"""In production: what is missing is told at the start, and nothing that Django warns of is left."""

import os
import secrets
import subprocess
import sys

import pytest

PRODUCTION = {
    "DATABASE_URL": "postgresql:///none",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "BALA_BASE_URL": "https://bala.example",
    "ALLOWED_HOSTS": "bala.example",
    "BALA_BEHIND_PROXY": "1",
    "EMAIL_URL": "smtp+tls://post:secret@mail.example:587",
}


def deploy_check(**changed: str) -> "subprocess.CompletedProcess[str]":
    """Run `bala check --deploy` with the environment of production; "" takes a variable away."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
    given = {**PRODUCTION, **changed}
    kept.setdefault("PYTHONPATH", "src")
    return subprocess.run(
        [sys.executable, "-m", "bala", "check", "--deploy", "--fail-level", "WARNING"],
        env={**kept, **{name: value for name, value in given.items() if value}},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deploy_check_is_clean_with_the_settings_of_production() -> None:
    done = deploy_check()
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"EMAIL_URL": ""}, "bala.W001"),
        ({"ALLOWED_HOSTS": "other.example"}, "bala.W002"),
        ({"BALA_DEMO": "1"}, "bala.W003"),
        ({"BALA_MFA_REQUIRED": "0"}, "bala.W004"),
        ({"SECRET_KEY": "short"}, "security.W009"),
        ({"BALA_HTTPS": "0"}, "security.W008"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_must_not_be_so_in_production_is_warned_of(changed: dict[str, str], said: str) -> None:
    done = deploy_check(**changed)
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL"])
def test_production_does_not_start_without_its_secrets(name: str) -> None:
    done = deploy_check(**{name: ""})
    assert done.returncode == 1
    assert done.stderr.startswith(f"bala does not start: {name} is not set. In production")
    assert "Traceback" not in done.stderr
