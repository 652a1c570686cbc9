"""What becomes of documents, and from whom they are taken."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bala.files.actions import FileRefused, receive, release
from bala.files.actions.keeping import NotReleasable
from bala.files.actions.uploading import begin_upload
from bala.files.enums import FileKind, FileState, Refusal
from bala.files.models import StoredFile
from bala.files.queries import signed_address, thumbnail
from bala.files.queries.storage import media
from bala.files.workshop.documents import bare_jpeg
from bala.people.enums import Role
from bala.people.models import Account
from tests.files import samples
from tests.jobs import run_jobs
from tests.people.factories import make_account, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def host() -> Account:
    return make_person(Role.COORDINATOR, campaign_slug="bala-2021")


def pdf(**options: Any) -> bytes:
    """A page with a photograph, a comment, and a name in every place that a PDF has for one."""
    said = pikepdf.String(samples.CANARY.decode())
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    told = document.make_stream(b"<x:xmpmeta>" + samples.CANARY + b"</x:xmpmeta>")
    told.Type, told.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    picture = document.make_stream(
        samples.phone_jpeg(200, 150),
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": 200,
            "/Height": 150,
            "/ColorSpace": pikepdf.Name.DeviceRGB,
            "/BitsPerComponent": 8,
            "/Filter": pikepdf.Name.DCTDecode,
            "/Metadata": told,
        },
    )
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
    page.obj.Contents = document.make_stream(b"q 200 0 0 150 50 50 cm /I Do Q")
    page.obj.Metadata = told
    page.obj.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(LastModified=said))
    page.obj.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Text,
                Rect=[10, 10, 30, 30],
                T=said,
                Contents=said,
            )
        ]
    )
    document.attachments["secret.txt"] = samples.CANARY
    document.Root.Metadata = told
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=said)
    document.trailer.Info = document.make_indirect(pikepdf.Dictionary(Author=said))
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def sent(owner: Account, content: bytes) -> StoredFile:
    upload = SimpleUploadedFile("Иванов план.pdf", content, "application/pdf")
    file = receive(owner=owner, upload=upload)
    run_jobs("files.prepare")
    file.refresh_from_db()
    return file


def kept(file: StoredFile) -> bytes:
    with media().open(file.renditions.get().path) as opened:
        return bytes(opened.read())


def plain(content: bytes) -> bytes:
    """The PDF with nothing compressed but its pictures."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return out.getvalue()


def test_nothing_but_its_pages_stays_of_a_document(host: Account, settings: Any) -> None:
    content = pdf()
    assert samples.CANARY in plain(content)
    file = sent(host, content)
    assert (file.state, file.kind) == (FileState.READY, FileKind.DOCUMENT)
    bare = plain(kept(file))
    for trace in (samples.CANARY, b"xmpmeta", b"Exif", b"JavaScript", b"secret.txt", b"Annots"):
        assert trace not in bare
    with pikepdf.open(io.BytesIO(kept(file))) as document:
        assert len(document.pages) == 1
        assert document.pages[0].get_images()  # the photograph is still there
    assert list(Path(settings.BALA_UPLOADS).iterdir()) == []


def test_a_document_is_a_download_for_those_who_may_and_never_public(
    host: Account, client: Client
) -> None:
    file = sent(host, pdf())
    assert client.get(f"/files/{file.public_id}/document").status_code == 404
    answer = client.get(signed_address(file, "document"))
    assert answer.status_code == 200
    name = f"bala-{file.public_id}-document.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert thumbnail(file) == ""
    with pytest.raises(NotReleasable):
        release(files=[file])


def test_families_send_no_documents() -> None:
    family = make_account()
    for send in (
        lambda: receive(owner=family, upload=SimpleUploadedFile("a.pdf", pdf())),
        lambda: begin_upload(owner=family, kind=FileKind.DOCUMENT, length=900),
    ):
        with pytest.raises(FileRefused) as refused:
            send()
        assert refused.value.reason == Refusal.STAFF


def test_a_locked_document_is_refused(host: Account) -> None:
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    file = sent(host, locked)
    assert (file.state, file.refusal) == (FileState.REFUSED, Refusal.LOCKED)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + b"x" * 900, pdf()[:700]])
def test_a_damaged_document_is_refused(host: Account, content: bytes) -> None:
    file = sent(host, content)
    assert (file.state, file.refusal) == (FileState.REFUSED, Refusal.BROKEN)


def test_a_document_of_endless_pages_is_refused(host: Account) -> None:
    document = pikepdf.new()
    for _number in range(501):
        document.add_blank_page()
    out = io.BytesIO()
    document.save(out)
    assert sent(host, out.getvalue()).refusal == Refusal.HEAVY


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1"])
def test_other_documents_are_refused(host: Account, head: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        sent(host, head + b"\0" * 600)
    assert refused.value.reason == Refusal.TYPE


def test_a_jpeg_keeps_its_pixels_and_loses_the_rest() -> None:
    from PIL import Image, ImageChops

    whole = samples.phone_jpeg(200, 150)
    bare = bare_jpeg(whole)
    assert samples.CANARY not in bare
    one, two = (Image.open(io.BytesIO(each)).convert("RGB") for each in (whole, bare))
    assert ImageChops.difference(one, two).getbbox() is None
    assert bare_jpeg(b"no jpeg") == b"no jpeg"
