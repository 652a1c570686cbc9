"""One size of a film while it is written: H.264 and AAC in an MP4 that begins to play at once."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import av.error
import av.filter

RATE = 48_000
CLOCK = Fraction(1, 90_000)
LONGEST = 2.4  # times the shorter side: what is longer is made smaller still
# Bits a second at most, by the shorter side; below it quality decides.
MOST_BITS = {480: 1_400_000, 1080: 5_000_000}


def fitted(width: int, height: int, short: int) -> tuple[int, int]:
    """Return the even size whose shorter side is at most `short`; never larger than it was."""
    scale = min(1.0, short / min(width, height), short * LONGEST / max(width, height))

    def even(side: int) -> int:
        return max(min(round(side * scale / 2), side // 2) * 2, 2)

    return even(width), even(height)


class Output:
    """An MP4 that is fed with frames and closed."""

    def __init__(
        self, name: str, folder: Path, size: tuple[int, int], short: int, audio: Any
    ) -> None:
        self.name, self.path = name, folder / f"{name}.mp4"
        self.width, self.height = size
        # bitexact: the file does not say which program wrote it
        options = {"movflags": "+faststart", "fflags": "+bitexact"}
        self.file: Any = av.open(str(self.path), "w", format="mp4", options=options)
        bits = MOST_BITS[short]
        self.video: Any = self.file.add_stream(
            "libx264",
            rate=30,
            options={
                "preset": "veryfast",
                "crf": "24",
                "profile": "high",
                "maxrate": str(bits),
                "bufsize": str(2 * bits),
            },
        )
        self.video.width, self.video.height = size
        self.video.pix_fmt = "yuv420p"
        self.video.codec_context.time_base = CLOCK
        self.video.codec_context.gop_size = 60  # two seconds: where pieces may begin
        self.video.codec_context.thread_count = 2
        self.sounds = audio is not None
        if self.sounds:
            self.audio: Any = self.file.add_stream("aac", rate=RATE, layout="stereo")
            self.audio.bit_rate = 128_000
        self._shape: tuple[Any, ...] = ()
        self._scaling: Any = None
        self._resampling: Any = None
        self._closed = False

    def picture(self, frame: av.VideoFrame, at: Fraction, turn: str) -> av.VideoFrame:
        """Write a frame that is shown `at` seconds; return it as it was written, upright."""
        shape = (frame.width, frame.height, frame.format.name, turn)
        if shape != self._shape:  # films from browsers change their size in the middle
            self._shape, self._scaling = shape, self._scaler(frame, turn)
        frame.time_base, frame.pts = CLOCK, round(at / CLOCK)
        self._scaling.vpush(frame)
        shown: av.VideoFrame = self._scaling.vpull()
        shown.time_base, shown.pts = CLOCK, round(at / CLOCK)
        shown.pict_type = av.video.frame.PictureType.NONE  # the encoder says which frames are key
        for packet in self.video.encode(shown):
            self.file.mux(packet)
        return shown

    def sound(self, frame: av.AudioFrame, start: Fraction) -> None:
        """Write sound; gaps in it are filled with silence, so that it stays with the pictures."""
        if not self.sounds or frame.pts is None or frame.time_base is None:
            return
        if self._resampling is None:
            self._resampling = self._resampler(frame)
        before = frame.time_base, frame.pts  # the next size is fed with the same frame
        at = frame.pts * frame.time_base - start
        frame.time_base = Fraction(1, frame.sample_rate)
        frame.pts = round(at * frame.sample_rate)
        self._resampling.push(frame)
        frame.time_base, frame.pts = before
        self._drain()

    def close(self) -> None:
        """Write what is still held back, and end the file."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._resampling is not None:
                self._resampling.push(None)
                self._drain()
            for stream in [self.video, *([self.audio] if self.sounds else [])]:
                for packet in stream.encode(None):
                    self.file.mux(packet)
        finally:
            self.file.close()

    def _drain(self) -> None:
        while True:
            try:
                ready = self._resampling.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            for packet in self.audio.encode(ready):
                self.file.mux(packet)

    def _scaler(self, frame: av.VideoFrame, turn: str) -> Any:
        width, height = self.width, self.height
        if turn.startswith("transpose"):
            width, height = height, width
        steps = [
            f"scale={width}:{height}:flags=bicubic:out_color_matrix=bt709:out_range=tv",
            *turn.split(","),
            "setsar=1",
            "format=yuv420p",
        ]
        graph = av.filter.Graph()
        first = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=CLOCK
        )
        return _chain(graph, first, steps, "buffersink")

    def _resampler(self, frame: av.AudioFrame) -> Any:
        steps = [
            f"aresample={RATE}:async=1000:first_pts=0",
            f"aformat=sample_fmts=fltp:sample_rates={RATE}:channel_layouts=stereo",
            "asetnsamples=n=1024:p=0",
        ]
        graph = av.filter.Graph()
        first = graph.add_abuffer(
            sample_rate=frame.sample_rate,
            format=frame.format,
            layout=frame.layout,
            time_base=Fraction(1, frame.sample_rate),
        )
        return _chain(graph, first, steps, "abuffersink")


def _chain(graph: Any, first: Any, steps: list[str], sink: str) -> Any:
    nodes = [first]
    for step in filter(None, steps):
        name, _equals, arguments = step.partition("=")
        nodes.append(graph.add(name, arguments))
    nodes.append(graph.add(sink))
    for one, next_one in pairwise(nodes):
        one.link_to(next_one)
    graph.configure()
    return graph
