// Long films come in pieces, in the size that the network bears. Browsers that know how do it by
// themselves; for the others hls.js does. When it cannot, the whole film is played.

const NATIVE = "application/vnd.apple.mpegurl";

async function play(video) {
  if (video.canPlayType(NATIVE)) return;
  const { default: Hls } = await import(video.dataset.library);
  if (!Hls.isSupported()) return;
  const hls = new Hls({ enableWorker: false, autoStartLoad: false, capLevelToPlayerSize: true });
  const whole = () => { hls.destroy(); video.removeAttribute("src"); video.load(); };
  hls.on(Hls.Events.ERROR, (_event, told) => { if (told.fatal) whole(); });
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    if (video.paused) video.addEventListener("play", () => hls.startLoad(), { once: true });
    else hls.startLoad();
  });
  hls.loadSource(video.dataset.hls);
  hls.attachMedia(video);
}

for (const video of document.querySelectorAll("video[data-hls]")) play(video);
