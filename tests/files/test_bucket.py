"""Renditions in an S3-compatible bucket, against moto's server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.storage import storages
from django.test import Client
from moto.server import ThreadedMotoServer

from bala.files.actions import claim, delete, release
from bala.files.actions.cleaning import clean
from bala.files.enums import FileState
from bala.files.queries import signed_address
from tests.files.factories import make_picture
from tests.files.films import film
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, settings: Any) -> Any:
    """An empty bucket that the settings name, as BALA_S3_… would."""
    given = {
        "endpoint_url": endpoint,
        "region_name": "us-east-1",
    }
    resource: Any = boto3.resource("s3", aws_access_key_id="k", aws_secret_access_key="s", **given)
    made = resource.create_bucket(Bucket="bala-media")
    settings.STORAGES = {
        **settings.STORAGES,
        "media": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": "bala-media",
                "access_key": "k",
                "secret_key": "s",
                "addressing_style": "path",
                "default_acl": None,
                "file_overwrite": False,
                **given,
            },
        },
    }
    yield made
    made.objects.all().delete()
    resource.meta.client.close()
    storages["media"].connection.meta.client.close()  # type: ignore[attr-defined] # of S3Storage


def keys(bucket: Any) -> set[str]:
    return {each.key for each in bucket.objects.all()}


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_picture_lives_in_the_bucket_from_its_making_to_its_end(
    bucket: Any, client: Client, settings: Any
) -> None:
    file = make_picture()
    assert file.state == FileState.READY
    paths = {rendition.path for rendition in file.renditions.all()}
    assert keys(bucket) == paths
    assert list(Path(settings.BALA_UPLOADS).iterdir()) == []
    whole = bucket.Object(file.renditions.get(name="w320").path).get()["Body"].read()
    assert client.get(f"/files/{file.public_id}/w320").status_code == 404
    url = signed_address(file, "w320")
    assert body(client.get(url)) == whole
    part: Any = client.get(url, headers={"range": "bytes=10-49"})
    assert part.status_code == 206
    assert part["Content-Range"] == f"bytes 10-49/{len(whole)}"
    assert body(part) == whole[10:50]
    assert client.get(url, headers={"range": f"bytes={len(whole)}-"}).status_code == 416
    claim(owner=file.owner, files=[file])
    release(files=[file])
    assert body(client.get(f"/files/{file.public_id}/w320")) == whole
    delete(file=file)
    assert client.get(url).status_code == 404
    run_jobs("files.remove")
    assert keys(bucket) == set()


def test_a_film_is_delivered_in_parts(bucket: Any, client: Client, settings: Any) -> None:
    settings.BALA_HLS_MINUTES = 0
    file = make_picture(content=film(size=(320, 240)))
    assert file.state == FileState.READY
    release(files=[file])
    base = f"/files/{file.public_id}/"
    assert client.get(base + "hls").content.startswith(b"#EXTM3U")
    part: Any = client.get(base + "mp4_480", headers={"range": "bytes=4-7"})
    assert body(part) == b"ftyp"


def test_objects_without_a_row_are_cleaned_away_once_they_are_old(bucket: Any) -> None:
    file = make_picture()
    claim(owner=file.owner, files=[file])
    bucket.put_object(Key="files/ab/lost.webp", Body=b"x")
    clean()
    assert "files/ab/lost.webp" in keys(bucket)  # it may be on its way to a row


def test_a_picture_whose_object_is_gone_answers_not_found(bucket: Any, client: Client) -> None:
    file = make_picture()
    release(files=[file])
    bucket.objects.all().delete()
    assert client.get(f"/files/{file.public_id}/w320").status_code == 404
