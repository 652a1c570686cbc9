"""A long film in a browser, in pieces: with the browser's own HLS, or hls.js."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from playwright.sync_api import Browser, expect

from bala.files.actions import release
from bala.files.models import StoredFile
from bala.files.queries import with_renditions
from bala.files.views.films import plays_films
from bala.urls import urlpatterns as all_of_bala
from tests.files.factories import make_picture
from tests.files.films import film

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.journey,
    pytest.mark.urls("tests.journeys.test_films"),
]
# A browser that knows no HLS, as Firefox.
NO_HLS = """
const own = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (kind) {
  return kind.includes("mpegurl") ? "" : own.call(this, kind);
};
"""


@login_not_required
@plays_films
def cinema(request: HttpRequest) -> HttpResponse:
    return render(request, "cinema.html", {"film": with_renditions(StoredFile.objects.all()).get()})


urlpatterns: list[Any] = [path("en/cinema/", cinema), *all_of_bala]


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    templates = [dict(engine) for engine in settings.TEMPLATES]
    templates[0]["DIRS"] = [Path(__file__).parent.parent / "files" / "templates"]
    settings.TEMPLATES = templates
    settings.BALA_HLS_MINUTES = 0


def test_a_long_film_plays_in_pieces(live_server: Any, browser: Browser) -> None:
    release(files=[make_picture(content=film(size=(640, 360), seconds=8))])
    page = browser.new_page()
    page.add_init_script(NO_HLS)
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda sent: asked.append(sent.url.rsplit("/", 1)[1]))
    page.goto(f"{live_server.url}/en/cinema/")
    video = page.locator("video")
    expect(page.locator("video[src^='blob:']")).to_be_attached(timeout=30_000)
    video.evaluate(
        """video => new Promise((resolve) => {
          video.muted = true;
          video.addEventListener("timeupdate", () => { if (video.currentTime > 0.3) resolve(); });
          video.play();
        })"""
    )
    assert "seg_480" in asked
    assert complaints == []  # a breach of the policy would be told here
    page.close()
