"""Films as phones make them, and films that nobody should send, made by program."""

import io
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageDraw

from tests.files.samples import CANARY


def film(
    *,
    size: tuple[int, int] = (640, 360),
    seconds: float = 1.0,
    rate: int = 30,
    kind: str = "mp4",
    codec: str = "libx264",
    sound: str | None = "aac",
    turn: tuple[int, bool, bool] | None = None,
    metadata: dict[str, str] | None = None,
    options: dict[str, str] | None = None,
    pixels: str = "yuv420p",
) -> bytes:
    """Return a film whose left upper corner is red, as it lies in the file.

    `turn` is the counter-clockwise turn that a player makes, and whether it mirrors.
    """
    with (
        tempfile.NamedTemporaryFile() as out,  # a file of its own: faststart reads what it wrote
        av.open(out.name, "w", format=kind, options=options or {}) as file,
    ):
        file.metadata.update(metadata or {})
        video: Any = file.add_stream(codec, rate=rate)
        video.width, video.height = size
        video.pix_fmt = pixels
        if codec == "libx264":
            video.options = {"preset": "ultrafast"}
        if turn is not None:
            video.set_display_rotation(turn[0], hflip=turn[1], vflip=turn[2])
        audio: Any = None
        if sound:
            audio = file.add_stream(sound, rate=8000 if sound == "amr_nb" else 48_000)
            audio.layout = "mono"
        for number in range(round(rate * seconds)):
            _mux(file, video, _picture(size, number))
        if audio is not None:
            for frame in silence(seconds, audio.rate):
                _mux(file, audio, frame)
        for stream in filter(None, (video, audio)):
            _mux(file, stream, None)
        file.close()
        return Path(out.name).read_bytes()


def phone_film(**options: Any) -> bytes:
    """A film with a position, a device and a name in every place that a phone writes them to."""
    said = CANARY.decode()
    return film(
        kind=options.pop("kind", "mov"),
        metadata={
            "location": "+43.2380+076.9447/",
            "com.apple.quicktime.location.ISO6709": "+43.2380+076.9447/",
            "com.apple.quicktime.make": said,
            "com.apple.quicktime.model": said,
            "artist": said,
            "comment": said,
            "creation_time": "2021-05-28T10:00:00Z",
        },
        options={"movflags": "use_metadata_tags"},
        **options,
    )


def sound_alone(seconds: float = 1.0) -> bytes:
    """A film without pictures."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as file:
        audio: Any = file.add_stream("aac", rate=48_000)
        for frame in silence(seconds, 48_000):
            _mux(file, audio, frame)
        _mux(file, audio, None)
    return out.getvalue()


def silence(seconds: float, rate: int) -> list[av.AudioFrame]:
    """Frames of silence."""
    frames = []
    for number in range(round(rate * seconds / 1000)):
        frame = av.AudioFrame(format="s16", layout="mono", samples=1000)
        frame.planes[0].update(bytes(frame.planes[0].buffer_size))
        frame.rate, frame.pts, frame.time_base = rate, number * 1000, Fraction(1, rate)
        frames.append(frame)
    return frames


def _picture(size: tuple[int, int], number: int) -> av.VideoFrame:
    width, height = size
    picture = Image.new("RGB", size, (number * 3 % 200, 90, 160))
    painter = ImageDraw.Draw(picture)
    painter.rectangle((0, 0, width // 4, height // 4), fill=(230, 20, 20))
    painter.ellipse((number % width, height // 2, number % width + 40, height // 2 + 40), "white")
    make: Any = av.VideoFrame.from_image
    frame: av.VideoFrame = make(picture)
    frame.pts = number
    return frame


def _mux(file: Any, stream: Any, frame: Any) -> None:
    for packet in stream.encode(frame):
        file.mux(packet)
