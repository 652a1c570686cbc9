"""Proof of work in place of a captcha: the browser computes a second, nobody reads wavy letters.

The work is ALTCHA's: PBKDF2 until a key begins with the prefix, in the browser's own processes. No
third party is asked. A proof is good for one form, within VALID.
"""

import base64
import binascii
import json
from datetime import timedelta
from typing import Any, Final

import altcha
from django.conf import settings
from django.utils.crypto import salted_hmac

from bala.kernel import clock, limits

VALID: Final = timedelta(hours=1)
ALGORITHM: Final = "PBKDF2/SHA-256"
_LONGEST = 4000  # characters; an honest proof has some 700


class WrongProof(ValueError):
    """It is no proof of ours, it is too old, or it was used."""


def new_challenge() -> dict[str, Any]:
    """Return a task for a browser, signed, as the ALTCHA widget reads it."""
    challenge = altcha.create_challenge(
        ALGORITHM,
        settings.BALA_PROOF_ROUNDS,
        # The library's own expiry looks at the system's clock; a demonstration lives on another day.
        data={"made": int(clock.now().timestamp())},
        hmac_secret=_secret(),
    )
    return challenge.to_dict()


def solve(challenge: dict[str, Any]) -> str:
    """Do the work as a browser does, and return what it would send: for programs and tests."""
    read = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(read)
    if solution is None:
        raise WrongProof
    return altcha.Payload(read, solution).to_base64()


def spend(payload: str) -> None:
    """Check a proof and use it up; raise WrongProof. One statement when it is right."""
    if len(payload) > _LONGEST:
        raise WrongProof
    try:
        sent = json.loads(base64.b64decode(payload, validate=True))
        parameters = sent["challenge"]["parameters"]
        made, nonce = int(parameters["data"]["made"]), str(parameters["nonce"])
        checked = altcha.verify_solution(payload, _secret())
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError) as error:
        raise WrongProof from error
    age = clock.now().timestamp() - made
    if not checked.verified or not -60 <= age <= VALID.total_seconds():
        raise WrongProof
    try:
        limits.hit(f"proof:{nonce}", limit=1, per=VALID + timedelta(minutes=2))
    except limits.TooOften as error:
        raise WrongProof from error


def _secret() -> bytes:
    return salted_hmac("bala.kernel.proof", "proof", algorithm="sha256").digest()
