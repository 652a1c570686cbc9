"""Digital badges: they verify offline, tell of revocation, refuse every tampering, name no surname."""

import io
import json
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey
from PIL import Image

from bala.certificates.actions import Recipient, revoke
from bala.certificates.actions.badges import badge, baked_png, baked_svg, jwks, sign, status_token
from bala.certificates.actions.keys import rotate, signing_key
from bala.certificates.models import Certificate
from bala.certificates.queries.badge_checks import (
    NotABadge,
    check,
    credential_faults,
    token_of,
)
from bala.certificates.queries.badges import LIST_LENGTH, credential
from bala.kernel import clock
from tests.certificates.factories import make_certificate
from tests.people.factories import make_account, make_child, make_consents

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 6, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _keys(settings: Any, tmp_path: Path) -> None:
    settings.BALA_BADGE_KEYS = str(tmp_path / "badge_keys.json")
    settings.BALA_BASE_URL = "https://bala.example"


def loaded(one: Certificate) -> Certificate:
    return Certificate.objects.select_related("design", "series", "child", "child__region").get(
        pk=one.pk
    )


def status_of(one: Certificate) -> str:
    return status_token(one.pk // LIST_LENGTH)


def test_a_badge_verifies_by_its_keys_and_its_list_alone() -> None:
    one = loaded(make_certificate(place=1))
    found = check(badge(one), jwks()["keys"], status=status_of(one), now=NOW)
    assert (found.is_valid, found.faults, found.revoked) == (True, [], False)
    assert found.credential["credentialSubject"]["achievement"]["name"] == "Диплом"
    assert check(badge(one), jwks()["keys"], now=NOW).revoked is None
    assert credential_faults(credential(one)) == []


def test_the_token_is_what_the_standard_says() -> None:
    one = loaded(make_certificate())
    header = jws.extract_compact(badge(one).encode()).headers()
    assert header["alg"] == "EdDSA"
    assert header["kid"] in {key["kid"] for key in jwks()["keys"]}
    made = credential(one)
    assert made["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert made["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert made["credentialStatus"]["statusListIndex"] == str(one.pk % LIST_LENGTH)
    assert made["validFrom"] == "2021-05-28T04:00:00Z"


def test_a_revoked_one_is_known_by_the_list_and_its_neighbours_stand() -> None:
    one, other = make_certificate(name="Әлия"), make_certificate(name="Ержан")
    revoke(by=None, certificate=one, reason="Опечатка")
    for issued, gone in ((one, True), (other, False)):
        certificate = loaded(issued)
        found = check(badge(certificate), jwks()["keys"], status=status_of(certificate), now=NOW)
        assert found.revoked is gone
        assert found.is_valid is not gone


def test_a5_a_childs_badge_holds_no_surname_and_no_name_without_consent() -> None:
    guardian = make_account()
    child = make_child(guardian, family_name="Бекова")
    make_consents(child)
    one = loaded(make_certificate(recipient=Recipient.of_child(child, detail="школа № 12")))
    text = json.dumps(credential(one), ensure_ascii=False)
    assert "Әлия" in text
    for secret in ("Бекова", "школа № 12", "2011"):
        assert secret not in text
    hidden = loaded(make_certificate(name="Бекова Дана"))
    assert "Бекова" not in json.dumps(credential(hidden), ensure_ascii=False)


def test_no_token_with_a_letter_changed_is_accepted() -> None:
    token, keys = badge(loaded(make_certificate())), jwks()["keys"]

    @given(st.integers(0, len(token) - 1), st.sampled_from("AaBb01-_."))
    @settings(max_examples=80, deadline=None, database=None)
    def changed_anywhere(at: int, letter: str) -> None:
        changed = token[:at] + letter + token[at + 1 :]
        valid = check(changed, keys, now=NOW).is_valid
        if changed == token:
            assert valid
        elif _bytes(changed) != _bytes(token):
            assert not valid
        # Else the last letter of a part differs in bits that nobody reads: the same bytes, which a
        # strict reader refuses and a lenient one takes.

    changed_anywhere()


def _bytes(token: str) -> list[bytes]:
    import base64

    parts = token.split(".")
    if len(parts) != 3:
        return []
    return [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts]


@given(
    st.one_of(
        st.text(max_size=200),
        st.from_regex(r"[A-Za-z0-9_-]{0,80}\.[A-Za-z0-9_-]{0,80}\.[A-Za-z0-9_-]{0,40}"),
    )
)
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_no_token_is_refused_without_an_error(text: str) -> None:
    assert not check(text, jwks()["keys"], now=NOW).is_valid


NAMES = ("id", "type", "@context", "issuer", "achievement", "criteria", "credentialSubject")
TOP = (*NAMES, "validFrom", "credentialStatus", "credentialSchema")
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(TOP), _JSON))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_rules_of_the_standard_are_asked_of_anything_without_an_error(
    one: dict[str, Any],
) -> None:
    assert credential_faults(one)


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential"]},
        {"@context": ["https://www.w3.org/ns/credentials/v2"]},
        {"issuer": {"id": "nobody"}},
        {"validFrom": "2021-05-28"},
        {"validFrom": "2031-05-28T04:00:00Z"},
        {"validUntil": "2021-05-29T04:00:00Z"},
        {"credentialSubject": {"id": "urn:x:1", "type": ["AchievementSubject"]}},
    ],
)
def test_a_signed_credential_that_breaks_a_rule_is_refused(change: dict[str, Any]) -> None:
    one = {**credential(loaded(make_certificate())), **change}
    assert not check(sign(one), jwks()["keys"], now=NOW).is_valid


def test_other_keys_other_algorithms_and_other_lists_are_refused() -> None:
    one = loaded(make_certificate())
    token = badge(one)
    other = OKPKey.generate_key("Ed25519").as_dict(private=False)
    kid = jws.extract_compact(token.encode()).headers()["kid"]
    assert not check(token, [{**other, "kid": kid}], now=NOW).is_valid
    assert not check(token, [], now=NOW).is_valid
    payload = token.split(".")[1]
    none = "eyJhbGciOiJub25lIn0." + payload + "."
    assert not check(none, jwks()["keys"], now=NOW).is_valid
    assert not check(
        token, jwks()["keys"], status=status_token(one.pk // LIST_LENGTH + 1), now=NOW
    ).is_valid
    assert not check(token, jwks()["keys"], status=token, now=NOW).is_valid


def test_after_a_rotation_a_new_key_signs_and_the_old_one_still_verifies(settings: Any) -> None:
    one = loaded(make_certificate())
    before, old_kid = badge(one), signing_key().thumbprint()
    fresh = rotate()
    after = badge(one)
    assert fresh != old_kid
    assert jws.extract_compact(after.encode()).headers()["kid"].endswith(f"{fresh}.json")
    for token in (before, after):
        assert check(token, jwks()["keys"], now=NOW).is_valid
    assert all("d" not in key for key in jwks()["keys"])
    assert stat.S_IMODE(Path(settings.BALA_BADGE_KEYS).stat().st_mode) == 0o600


def test_a_badge_is_baked_into_png_and_svg_and_found_there() -> None:
    one = loaded(make_certificate())
    png = baked_png(one)
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.size[0] == picture.size[1]
    assert check(token_of(png), jwks()["keys"], now=NOW).is_valid
    svg = baked_svg(one, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>')
    assert check(token_of(svg.encode()), jwks()["keys"], now=NOW).is_valid
    assert token_of(json.dumps({"credential": badge(one)}).encode()) == badge(one)
    plain = io.BytesIO()
    Image.new("RGB", (4, 4)).save(plain, "PNG")
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
    for data in (plain.getvalue(), png[:200], bomb, b"", b"{", b"\xff\xfe", b"a.b"):
        with pytest.raises(NotABadge):
            token_of(data)


def test_the_command_answers_for_people_and_for_programs(tmp_path: Path, capsys: Any) -> None:
    one = loaded(make_certificate(place=1))
    file, keys, listed = tmp_path / "badge.jwt", tmp_path / "keys.json", tmp_path / "status.jwt"
    file.write_text(badge(one))
    keys.write_text(json.dumps(jwks()))
    listed.write_text(status_of(one))
    call_command("verify_badge", str(file), "--keys", str(keys), "--status", str(listed))
    assert "GENUINE\n" in capsys.readouterr().out
    call_command("verify_badge", str(file), "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["valid"], said["revoked"]) == (True, None)
    revoke(by=None, certificate=one, reason="Опечатка")
    listed.write_text(status_of(one))
    with pytest.raises(SystemExit):
        call_command("verify_badge", str(file), "--status", str(listed), "--json")
    assert json.loads(capsys.readouterr().out)["revoked"] is True
    file.write_text(badge(one)[:-20])
    with pytest.raises(SystemExit):
        call_command("verify_badge", str(file))
    assert "NOT GENUINE" in capsys.readouterr().out


def test_the_command_needs_no_database(tmp_path: Path) -> None:
    one = loaded(make_certificate())
    file, keys = tmp_path / "badge.jwt", tmp_path / "keys.json"
    file.write_text(badge(one))
    keys.write_text(json.dumps(jwks()))
    with clock.at(datetime.now(UTC)):
        done = subprocess.run(
            [sys.executable, "-m", "bala", "verify_badge", str(file), "--keys", str(keys), "--json"],
            capture_output=True, text=True, check=False,
            env={
                "PYTHONPATH": "src",
                "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
                "PATH": "/usr/bin:/bin",
                "SECRET_KEY": "x" * 50,
            },
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["valid"]


def test_what_verifiers_read_is_public_and_fits_together(client: Client) -> None:
    one = loaded(make_certificate())
    made = credential(one)
    keys = client.get("/.well-known/jwks.json").json()["keys"]
    assert check(badge(one), keys, now=NOW).is_valid
    assert all("d" not in key for key in keys)
    path = keys[0]["kid"].removeprefix("https://bala.example")
    assert client.get(path).json()["x"] == keys[0]["x"]
    assert client.get("/badges/issuer.json").json()["id"] == made["issuer"]["id"]
    goal = made["credentialSubject"]["achievement"]["id"].removeprefix("https://bala.example")
    assert client.get(goal).json()["name"] == "Диплом"
    listed = client.get(
        made["credentialStatus"]["statusListCredential"].removeprefix("https://bala.example")
    )
    assert listed["Content-Type"] == "application/vc+jwt"
    assert check(badge(one), keys, status=listed.content.decode(), now=NOW).revoked is False
    assert client.get("/badges/status/999999").status_code == 404
    assert client.get("/badges/keys/nothing.json").status_code == 404


def test_a_revocation_is_in_the_public_list_at_once_also_when_it_was_kept(
    client: Client, settings: Any
) -> None:
    settings.BALA_FRESH_SECONDS = 30
    one = loaded(make_certificate())
    address = f"/badges/status/{one.pk // LIST_LENGTH}"
    before = client.get(address).content.decode()
    assert check(badge(one), jwks()["keys"], status=before, now=NOW).revoked is False
    revoke(by=None, certificate=one, reason="Опечатка")
    after = client.get(address).content.decode()
    assert check(badge(one), jwks()["keys"], status=after, now=NOW).revoked is True


def test_a_family_takes_its_badge_and_reads_its_certificates_by_program(client: Client) -> None:
    guardian = make_account()
    child = make_child(guardian)
    make_consents(child)
    one = make_certificate(recipient=Recipient.of_child(child))
    stranger = Client()
    stranger.force_login(make_account())
    client.force_login(guardian)
    for name in ("family_badge", "family_badge_picture"):
        address = reverse(f"certificates:{name}", kwargs={"public_id": one.public_id})
        assert check(token_of(client.get(address).content), jwks()["keys"], now=NOW).is_valid
        assert stranger.get(address).status_code == 404
    mine = client.get("/api/v1/certificates").json()
    assert [row["number"] for row in mine["items"]] == ["D-2021-000001"]
    assert stranger.get("/api/v1/certificates").json()["items"] == []
    assert Client().get("/api/v1/certificates").status_code == 401
    public = Client().get(f"/api/v1/certificates/{one.public_id}")
    assert public.json()["valid"] is True
    assert public.json()["recipient"] == {"name": "Әлия", "age_band": "10–13", "region": "KZ-75"}
    assert "Сәрсенова" not in public.content.decode()
    assert Client().get("/api/v1/certificates/2222222222222222").status_code == 404
