"""A long film in pieces (HLS, RFC 8216), so that a player takes the size that the network bears.

The pieces of one size lie in one fragmented MP4; the list tells where each begins. Both are
renditions, and the lists name them as they are addressed: next to each other.
"""

from pathlib import Path
from typing import Any

import av

from bala.files.workshop.outputs import Output
from bala.files.workshop.work import Made

PLAYLIST = "application/vnd.apple.mpegurl"
SECONDS = 6


def make(outputs: list[Output], folder: Path, duration: float) -> list[Made]:
    """Cut what was made into pieces; return the list of lists, the lists and the pieces."""
    made = []
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for output in outputs:
        size = output.name.removeprefix("mp4_")
        codecs = _cut(output.path, folder, size)
        bits = round(output.path.stat().st_size * 8 / duration * 1.3)
        resolution = f"{output.width}x{output.height}"
        lines += [
            f'#EXT-X-STREAM-INF:BANDWIDTH={bits},CODECS="{codecs}",RESOLUTION={resolution}',
            f"hls_{size}",
        ]
        made += [
            Made(f"hls_{size}", f"hls_{size}.m3u8", PLAYLIST, output.width, output.height),
            Made(f"seg_{size}", f"seg_{size}.m4s", "video/mp4", output.width, output.height),
        ]
    (folder / "hls.m3u8").write_text("\n".join(lines) + "\n")
    return [Made("hls", "hls.m3u8", PLAYLIST), *made]


def _cut(source: Path, folder: Path, size: str) -> str:
    """Write the pieces of one size and their list; return the codecs as RFC 6381 names them."""
    listed = folder / f"hls_{size}.m3u8"
    segment = folder / f"seg_{size}.m4s"
    options = {
        "hls_time": str(SECONDS),
        "hls_playlist_type": "vod",
        "hls_segment_type": "fmp4",
        "hls_flags": "single_file",
        "hls_segment_filename": str(segment),
        "fflags": "+bitexact",
    }
    codecs = []
    with (
        av.open(str(source)) as film,
        av.open(str(listed), "w", format="hls", options=options) as out,
    ):
        copies: dict[int, Any] = {}
        for stream in film.streams:
            copies[stream.index] = out.add_stream_from_template(stream)
            codecs.append(_codec(stream))
        for packet in film.demux():
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                out.mux(packet)
    listed.write_text(listed.read_text().replace(segment.name, f"seg_{size}"))
    return ",".join(codecs)


def _codec(stream: Any) -> str:
    if stream.type == "audio":
        return "mp4a.40.2"
    head: bytes = stream.codec_context.extradata[1:4]  # profile, constraints, level of the avcC box
    return f"avc1.{head.hex()}"
