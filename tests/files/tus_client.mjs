// tus-js-client under node, told on the command line what to send; says as JSON lines how it goes.
import fs from "node:fs";
import { createRequire } from "node:module";

const order = JSON.parse(process.argv[2]);
const { Upload } = createRequire(order.modules)("tus-js-client");
const say = (words) => process.stdout.write(`${JSON.stringify(words)}\n`);

// Node ends without a word when a body is piped into a request that was refused early (423): like a
// person who sees that nothing moves, the client then goes on by itself.
let moved = Date.now();
const watch = setInterval(() => {
  if (Date.now() - moved < 8000) return;
  moved = Date.now();
  upload.abort().then(() => upload.start());
}, 500);

const upload = new Upload(fs.createReadStream(order.path), {
  endpoint: order.endpoint,
  uploadUrl: order.url,
  headers: order.headers,
  chunkSize: order.chunk,
  uploadSize: fs.statSync(order.path).size,
  metadata: { filename: "clip.mp4", filetype: "video/mp4" },
  // As long as a busy machine may take to start a server: a minute.
  retryDelays: Array(600).fill(100),
  onShouldRetry: () => true,
  onProgress: () => { moved = Date.now(); },
  onUploadUrlAvailable: () => say({ url: upload.url }),
  onError: (error) => { say({ error: String(error) }); process.exit(1); },
  onSuccess: () => { clearInterval(watch); say({ done: upload.url }); },
});
upload.start();
