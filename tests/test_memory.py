"""A web process and a worker load heavy libraries when they are wanted, not when they start."""

import os
import subprocess
import sys

import pytest

#: Libraries that read or make files, or reckon: each some megabytes in every process.
HEAVY = {
    "PIL",
    "PyPDF2",
    "av",
    "boto3",
    "botocore",
    "charset_normalizer",
    "docx",
    "docxtpl",
    "h3",
    "icalendar",
    "imageio_ffmpeg",
    "lxml",
    "numpy",
    "odf",
    "openpyxl",
    "ortools",
    "pandas",
    "pdfminer",
    "pdfplumber",
    "pillow_heif",
    "pypdfium2",
    "pyxform",
    "scipy",
    "segno",
    "typst",
    "xlsxwriter",
}


@pytest.mark.parametrize(
    "start",
    [
        pytest.param("import bala.wsgi, bala.urls", id="web"),
        pytest.param(
            "import django; django.setup(); from procrastinate.contrib.django import app;"
            " app.perform_import_paths()",
            id="worker",
        ),
    ],
)
def test_a_process_starts_without_the_heavy_libraries(start: str) -> None:
    look = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    fresh = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"{start}; {look}"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bala.settings",
            "DATABASE_URL": "postgresql:///none",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(fresh.stdout.split())
    assert {"bala", "django", "procrastinate"} <= loaded
    assert loaded & HEAVY == set()
