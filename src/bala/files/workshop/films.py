"""Films: checked, turned upright, and written anew as MP4 that plays everywhere, in two sizes.

One pass over the film feeds both sizes. Nothing but pixels and sound is taken over, so position,
device and date stay behind. A long film is cut into pieces besides (HLS), by copying what is made.
"""

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
from av.sidedata.sidedata import Type
from PIL import Image, ImageStat

from bala.files.workshop import pieces
from bala.files.workshop.errors import Refused
from bala.files.workshop.outputs import Output, fitted
from bala.files.workshop.pictures import SHARE_WIDTH, dominant_colour, narrowed
from bala.files.workshop.work import Made, Order, Result

Say = Callable[..., None]

SIZES = {"mp4_480": 480, "mp4_1080": 1080}  # the shorter side, at most
DEMUXERS = ("mov", "matroska")
MOST_PIXELS = 8192 * 4320  # of one frame
SOONEST_NEXT = Fraction(27, 1000)  # seconds between frames: some 30 a second at most
POSTER_WIDTH = 960
MOST_EARLY = 500  # frames of sound, some ten seconds
MOST_FAULTS = 0.05  # of the packets may be unreadable


def make(order: Order, say: Say) -> Result:
    """Make the sizes, the poster and, if the film is long, its pieces; raise Refused."""
    try:
        with _opened(Path(order.source)) as film:
            return _Work(film, order, say).done()
    except Refused:
        raise
    except MemoryError:
        raise
    except (av.error.FFmpegError, OSError, ValueError, struct.error) as error:
        raise Refused("broken") from error


def turn_of(frame: Any) -> tuple[str, bool]:
    """Return the filters that turn a frame upright, and whether width and height change places.

    The display matrix of ISO 14496-12 (8.3.2): x' = a·x + c·y, y' = b·x + d·y.
    """
    data = frame.side_data.get(Type.DISPLAYMATRIX)
    if data is None:
        return "", False
    a, b, _u, c, d = struct.unpack("9i", bytes(data))[:5]
    if abs(b) + abs(c) > abs(a) + abs(d):
        names = {(1, -1): "clock", (-1, 1): "cclock", (1, 1): "cclock_flip", (-1, -1): "clock_flip"}
        return f"transpose={names[(1 if b > 0 else -1, 1 if c > 0 else -1)]}", True
    return ",".join([*(["hflip"] if a < 0 else []), *(["vflip"] if d < 0 else [])]), False


def _opened(source: Path) -> Any:
    """Open with the demuxer that the first bytes call for, and with no other."""
    with source.open("rb") as file:
        matroska = file.read(4) == b"\x1a\x45\xdf\xa3"
    return av.open(
        str(source),
        format=DEMUXERS[matroska],
        metadata_errors="ignore",
        options={"protocol_whitelist": "file"},
    )


class _Work:
    """One film on its way."""

    def __init__(self, film: Any, order: Order, say: Say) -> None:
        self.film, self.order, self.say = film, order, say
        self.folder = Path(order.folder)
        pictures = [s for s in film.streams.video if "attached_pic" not in str(s.disposition)]
        if not pictures:
            raise Refused("no_pictures")
        self.video = pictures[0]
        self.video.thread_type = "AUTO"
        self.audio = next((s for s in film.streams.audio if s.codec_context), None)
        self.start = Fraction(film.start_time or 0, av.time_base)
        self.told = self._told_duration()
        if self.told > order.max_seconds + 1:
            raise Refused("long")
        self.outputs: list[Output] = []
        self.last = Fraction(-1)  # when the last frame that was kept is shown
        self.end = Fraction(0)
        self.poster: Image.Image | None = None
        self.poster_is_good = False
        self.early: list[av.AudioFrame] = []
        self.said = 0

    def done(self) -> Result:
        """Go through the film once; return what was made."""
        try:
            self._go_through()
        finally:
            for output in self.outputs:
                output.close()
        self._check_whole()
        result = Result(duration=round(float(self.end), 3))
        for output in self.outputs:
            result.made.append(
                Made(output.name, output.path.name, "video/mp4", output.width, output.height)
            )
        largest = self.outputs[-1]
        result.width, result.height = largest.width, largest.height
        self._keep_poster(result)
        if self.end > self.order.hls_seconds:
            result.made += pieces.make(self.outputs, self.folder, float(self.end))
        return result

    def _told_duration(self) -> Fraction:
        """How long the film says it is, in seconds; 0 if it does not say."""
        own = self.video.duration
        if own is not None and self.video.time_base is not None:
            return Fraction(own * self.video.time_base)
        return Fraction(self.film.duration or 0, av.time_base)

    def _go_through(self) -> None:
        streams = [self.video, *([self.audio] if self.audio else [])]
        packets = faults = 0
        for packet in self.film.demux(streams):
            packets += 1
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                faults += 1
                if faults > 20 + MOST_FAULTS * packets:
                    raise
                continue
            for frame in frames:
                if isinstance(frame, av.VideoFrame):
                    self._picture(frame)
                elif self.outputs:
                    self._sound(frame)
                elif len(self.early) < MOST_EARLY:
                    self.early.append(frame)  # the first picture comes some frames late
        if faults > MOST_FAULTS * packets:
            raise Refused("broken")

    def _sound(self, frame: av.AudioFrame) -> None:
        for output in self.outputs:
            output.sound(frame, self.start)

    def _picture(self, frame: av.VideoFrame) -> None:
        if frame.pts is None or frame.time_base is None:
            return
        at = frame.pts * frame.time_base - self.start
        if at > self.order.max_seconds + 1:
            raise Refused("long")
        self.end = max(self.end, at)
        if at < 0 or (self.last >= 0 and at - self.last < SOONEST_NEXT):
            return
        self.last = at
        if not self.outputs:
            self._begin(frame)
        turn, _swapped = turn_of(frame)
        for output in self.outputs:
            shown = output.picture(frame, at, turn)
        self._consider_poster(shown, at)
        self._tell(at)

    def _begin(self, frame: av.VideoFrame) -> None:
        if frame.width * frame.height > MOST_PIXELS:
            raise Refused("heavy")
        shape = self.video.sample_aspect_ratio or Fraction(1)
        width, height = round(frame.width * shape), frame.height
        if turn_of(frame)[1]:
            width, height = height, width
        if min(width, height) < 16:
            raise Refused("no_pictures")
        for name, short in SIZES.items():
            if name == "mp4_480" or min(width, height) > SIZES["mp4_480"]:
                size = fitted(width, height, short)
                self.outputs.append(Output(name, self.folder, size, short, self.audio))
        for sound in self.early:
            self._sound(sound)
        self.early.clear()

    def _consider_poster(self, frame: Any, at: Fraction) -> None:
        """Take the first frame after a moment that is neither black nor white, else the first."""
        if self.poster is None or (not self.poster_is_good and at >= min(float(self.told) / 10, 3)):
            picture: Image.Image = frame.to_image()
            grey = ImageStat.Stat(picture.convert("L").resize((64, 64)))
            self.poster_is_good = at > 0 and 25 < grey.mean[0] < 235 and grey.stddev[0] > 8
            if self.poster is None or self.poster_is_good:
                self.poster = picture

    def _keep_poster(self, result: Result) -> None:
        assert self.poster is not None  # noqa: S101 - there is a frame, so there is one
        picture = narrowed(self.poster, POSTER_WIDTH)
        picture.save(self.folder / "poster.webp", "WEBP", quality=80, method=4)
        share = narrowed(self.poster, SHARE_WIDTH)
        share.save(self.folder / "share.jpg", "JPEG", quality=85, optimize=True)
        result.colour = dominant_colour(picture)
        result.made += [
            Made("poster", "poster.webp", "image/webp", picture.width, picture.height),
            Made("share", "share.jpg", "image/jpeg", share.width, share.height),
        ]

    def _check_whole(self) -> None:
        """Refuse a film without a frame, and one that ends long before it said it would."""
        if not self.outputs:
            raise Refused("broken")
        # Matroska tells the length of the longest stream alone, and that may be the sound's.
        exact = self.video.duration is not None
        least = float(self.told) * 0.95 - 0.5 if exact else float(self.told) * 0.9 - 2
        if self.end < least:
            raise Refused("broken")

    def _tell(self, at: Fraction) -> None:
        percent = min(int(95 * at / self.told), 95) if self.told else 0
        if percent > self.said:
            self.said = percent
            self.say(progress=percent)
