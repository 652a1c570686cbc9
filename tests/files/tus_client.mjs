// tus-js-client under node, told on the command line what to send; says as JSON lines how it goes.
import fs from "node:fs";
import { createRequire } from "node:module";

const order = JSON.parse(process.argv[2]);
const { Upload } = createRequire(order.modules)("tus-js-client");
const say = (words) => process.stdout.write(`${JSON.stringify(words)}\n`);

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
  onUploadUrlAvailable: () => say({ url: upload.url }),
  onError: (error) => { say({ error: String(error) }); process.exit(1); },
  onSuccess: () => say({ done: upload.url }),
});
upload.start();
