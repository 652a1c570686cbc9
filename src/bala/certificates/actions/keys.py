"""The keys that digital badges are signed with: Ed25519, in a file that only the service reads.

The first key signs, all are published, so that what an older key signed still verifies. A key that
must sign no more stays in the file without its private part ("d").
"""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from joserfc.jwk import OKPKey


def signing_key() -> OKPKey:
    """Return the key that signs; the first start makes one."""
    first = next(one for one in _stored(*_file()) if "d" in one)
    return OKPKey.import_key(first)


def public_keys() -> list[dict[str, Any]]:
    """Return the public parts of all keys, the one that signs first; each has its "kid"."""
    return [{name: one[name] for name in ("kty", "crv", "x", "kid")} for one in _stored(*_file())]


def rotate() -> str:
    """Put a new key in front and return its kid; older ones stay, to verify what they signed."""
    path = Path(settings.BALA_BADGE_KEYS)
    old = list(_stored(*_file()))
    fresh = _made()
    _write(path, [fresh, *old])
    return str(fresh["kid"])


def _file() -> tuple[str, int]:
    """Return the path and the moment of its last change, by which a rotation is noticed."""
    path = Path(settings.BALA_BADGE_KEYS)
    if not path.exists():
        _begin(path)
    return str(path), path.stat().st_mtime_ns


@lru_cache(maxsize=4)
def _stored(path: str, _changed: int) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(Path(path).read_text("utf-8"))["keys"])


def _begin(path: Path) -> None:
    """Make the first key; of several processes that begin at once one is heard."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps({"keys": [_made()]}), "utf-8")
    try:
        os.link(fresh, path)  # fails where another process was quicker, and never overwrites
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _write(path: Path, keys: list[dict[str, Any]]) -> None:
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps({"keys": keys}), "utf-8")
    fresh.replace(path)


def _made() -> dict[str, Any]:
    key = OKPKey.generate_key("Ed25519")
    return {**key.as_dict(private=True), "kid": key.thumbprint()}
