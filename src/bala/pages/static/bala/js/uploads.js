// The field for files: they travel in pieces (tus), can be paused, and go on after a break of the
// network, of the server, or of the night. Without this file the field is a plain file input.

const PIECE = 2 * 1024 * 1024; // what is lost at most when a connection breaks behind a proxy
const DELAYS = [0, 1000, 2000, 4000, 8000, 15000];
const AGAIN = 20000; // after that it is tried once more so often, by itself
const LOOK = 1500; // between two questions how far the preparation is
const UNSENT = ["waiting", "sending", "broken", "paused", "lost"];

let library;

function tus(source) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve(window.tus);
    script.onerror = () => { library = undefined; script.remove(); reject(new Error("tus")); };
    document.head.append(script);
  });
  return library;
}

const fill = (words, values) => words.replace(/%\((\w+)\)s/g, (_all, name) => values[name]).replaceAll("%%", "%");
// Browsers know no Kazakh numbers; they are written as the Russian ones.
const numbers = document.documentElement.lang.replace("kk", "ru");
const megabytes = (bytes) => (bytes / 1048576).toLocaleString(numbers, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

class Field {
  constructor(box) {
    this.box = box;
    this.settings = JSON.parse(box.dataset.settings);
    this.words = JSON.parse(box.dataset.words);
    this.list = box.querySelector(".upload-list");
    this.input = box.querySelector(".upload-choose > input");
    this.said = box.querySelector(".upload-said");
    this.items = new Map(); // list item → what travels in it
    box.classList.add("live");
    for (const label of box.querySelectorAll(".upload-pick, .upload-camera")) label.hidden = false;
    for (const input of box.querySelectorAll(".upload-choose input[type=file]"))
      input.addEventListener("change", () => { this.take([...input.files]); input.value = ""; });
    for (const item of this.list.children) this.adopt(item);
    this.list.addEventListener("click", (event) => this.pressed(event));
    window.addEventListener("online", () => this.wake());
    box.closest("form")?.addEventListener("submit", (event) => this.hold(event), true);
    this.showBegun();
    this.refresh();
  }

  // --- what is here already -------------------------------------------------------------------
  adopt(item) {
    const drop = item.querySelector(".upload-drop");
    const button = this.box.querySelector("template").content.querySelector("[data-act=remove]").cloneNode(true);
    drop.replaceWith(button);
    if (item.dataset.state === "processing") this.watch(item, item.dataset.id);
  }

  showBegun() {
    const list = this.box.querySelector(".upload-begun");
    for (const begun of this.settings.unfinished) {
      const line = document.createElement("li");
      line.textContent = fill(this.words.begun, { name: begun.name, percent: Math.floor(100 * begun.sent / begun.size) });
      line.dataset.url = begun.url;
      list.append(line);
    }
    list.hidden = !list.children.length;
  }

  // --- what is chosen -------------------------------------------------------------------------
  take(files) {
    this.say("");
    for (const file of files) {
      if (this.list.children.length >= this.settings.most) { this.say(this.words.many, true); break; }
      const known = [...this.items.values()].some(({ file: other }) =>
        other.name === file.name && other.size === file.size && other.lastModified === file.lastModified);
      if (known) continue;
      const item = this.box.querySelector("template").content.firstElementChild.cloneNode(true);
      item.querySelector(".upload-name").textContent = file.name;
      item.querySelector("progress").setAttribute("aria-label", file.name);
      this.list.append(item);
      this.items.set(item, { file });
      this.show(item, "waiting", this.words.waiting);
    }
    this.refresh();
    this.next();
  }

  next() {
    const states = [...this.items.keys()].map((item) => item.dataset.state);
    if (states.includes("sending")) return; // one after the other: a slow network serves one well
    const item = [...this.items.keys()].find((each) => each.dataset.state === "waiting");
    if (item) this.send(item);
  }

  async send(item) {
    const travel = this.items.get(item);
    this.progress(item, travel.sent ?? 0);
    try {
      travel.upload ??= await this.prepare(item, travel);
      // Paused and gone on with while the server was still asked for an address: one request is enough.
      if (!item.isConnected || item.dataset.state !== "sending" || travel.asking) return;
      travel.asking = !travel.upload.url;
      travel.upload.start();
    } catch { this.broken(item); }
  }

  async prepare(item, travel) {
    const { file } = travel;
    const { Upload } = await tus(this.box.dataset.library);
    const metadata = { filename: file.name.slice(-120), filetype: file.type, modified: String(file.lastModified) };
    const upload = new Upload(file, {
      endpoint: this.settings.endpoint,
      chunkSize: PIECE,
      retryDelays: DELAYS,
      removeFingerprintOnSuccess: true,
      metadata,
      headers: { "Accept-Language": document.documentElement.lang },
      // Somebody else at the same computer does not go on with this person's files.
      fingerprint: async () => ["bala", this.settings.owner, file.name, file.type, file.size, file.lastModified].join("-"),
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", this.token()),
      onProgress: (sent) => this.progress(item, sent),
      onUploadUrlAvailable: () => {
        travel.asking = false;
        if (item.dataset.state === "paused") upload.abort();
      },
      onSuccess: () => this.arrived(item),
      onError: (error) => {
        travel.asking = false;
        this.failed(item, error);
      },
    });
    const earlier = await upload.findPreviousUploads();
    const said = Object.entries(metadata).map(([name, value]) => `${name} ${encoded(value)}`).join(",");
    const begun = this.settings.unfinished.find((one) => one.size === file.size && one.metadata === said);
    if (earlier.length) upload.resumeFromPreviousUpload(earlier[0]);
    else if (begun) upload.url = begun.url; // begun in another browser
    this.box.querySelectorAll(".upload-begun li").forEach((line) => { if (line.dataset.url === begun?.url) line.remove(); });
    return upload;
  }

  token() {
    return cookie("csrftoken") ?? this.box.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  // --- how it goes ----------------------------------------------------------------------------
  progress(item, sent) {
    const travel = this.items.get(item);
    if (!travel || ["paused", "removed"].includes(item.dataset.state)) return;
    travel.sent = sent;
    const size = travel.file.size;
    travel.percent = size ? Math.floor(100 * sent / size) : 0;
    item.querySelector("progress").value = travel.percent;
    this.show(item, "sending", fill(this.words.sending, { percent: travel.percent, sent: megabytes(sent), size: megabytes(size) }));
  }

  arrived(item) {
    const { upload, file } = this.items.get(item);
    const id = upload.url.split("/").pop();
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: this.settings.name, value: id });
    item.append(hidden);
    item.querySelector("progress").value = 100;
    this.show(item, "processing", this.words.prepared);
    this.say(fill(this.words.arrived, { name: file.name }));
    this.watch(item, id);
    this.next();
    this.go();
  }

  failed(item, error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    const body = error.originalResponse?.getBody() ?? "";
    const plain = (error.originalResponse?.getHeader("Content-Type") ?? "").startsWith("text/plain");
    if (status === 401) this.show(item, "lost", this.words.sign_in);
    else if (status >= 400 && status < 500 && ![409, 423, 429, 403].includes(status) && plain) this.refused(item, body);
    else if (status === 429 && plain) this.show(item, "lost", body.trim());
    else return this.broken(item);
    this.next();
    this.tellWaiting();
  }

  broken(item) {
    this.show(item, "broken", this.words.broken);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), AGAIN);
  }

  wake() {
    for (const item of this.items.keys()) if (item.dataset.state === "broken") this.show(item, "waiting", this.words.waiting);
    this.next();
  }

  refused(item, words) {
    item.querySelector("input[type=hidden]")?.remove();
    this.show(item, "refused", words.trim());
    this.say(`${item.querySelector(".upload-name").textContent}: ${words.trim()}`, true);
  }

  async watch(item, id) {
    const address = this.settings.state.replace("/-/", `/${id}/`);
    while (item.isConnected && item.dataset.state === "processing") {
      await new Promise((resolve) => { setTimeout(resolve, document.hidden ? 10 * LOOK : LOOK); });
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } });
        if (!answer.ok) return;
        const told = await answer.json();
        if (told.state === "refused") this.refused(item, told.words);
        else if (told.state === "ready") this.ready(item, told);
        else if (told.progress) item.querySelector(".upload-note").textContent = `${this.words.prepared}: ${told.progress} %`;
      } catch { /* the network is away: ask again */ }
    }
  }

  ready(item, told) {
    this.show(item, "ready", this.words.ready);
    if (!told.picture) return;
    const picture = Object.assign(new Image(), { alt: "", src: told.picture });
    picture.onload = () => item.querySelector(".upload-thumb").replaceChildren(picture);
  }

  // --- what one presses -----------------------------------------------------------------------
  pressed(event) {
    const button = event.target.closest("[data-act]");
    const item = button?.closest("li");
    if (!item) return;
    const travel = this.items.get(item);
    if (button.dataset.act === "pause") {
      this.show(item, "paused", fill(this.words.paused, { percent: travel.percent ?? 0 }));
      if (!travel.asking) travel.upload?.abort(); // else as soon as its address is known
      item.querySelector("[data-act=go]").focus();
      this.next();
    } else if (button.dataset.act === "go") {
      this.show(item, "waiting", this.words.waiting);
      item.querySelector("[data-act=pause]").focus();
      this.next();
    } else this.remove(item, travel);
  }

  remove(item, travel) {
    const name = item.querySelector(".upload-name").textContent;
    item.dataset.state = "removed";
    // The server forgets it too; what it cannot be told now expires by itself.
    travel?.upload?.abort(true).catch(() => {});
    this.items.delete(item);
    item.remove();
    this.say(fill(this.words.removed, { name }));
    this.refresh();
    this.input.focus();
    this.next();
  }

  show(item, state, note) {
    item.dataset.state = state;
    item.querySelector(".upload-note").textContent = note;
  }

  say(words, bad = false) {
    this.said.textContent = words;
    this.said.classList.toggle("bad", bad);
  }

  refresh() {
    const full = this.list.children.length >= this.settings.most;
    this.box.classList.toggle("full", full);
  }

  // --- the form -------------------------------------------------------------------------------
  hold(event) {
    if (event.submitter?.dataset.uploads === "leave") return; // a button that needs no files
    const states = [...this.items.keys()].map((item) => item.dataset.state);
    if (!states.some((state) => [...UNSENT, "refused"].includes(state))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.pending = { submitter: event.submitter };
    this.tellWaiting();
  }

  tellWaiting() {
    if (!this.pending) return;
    const stuck = [...this.items.keys()].find((item) => ["paused", "lost", "refused"].includes(item.dataset.state));
    this.say(stuck ? this.words.stopped : this.words.wait, Boolean(stuck));
    if (stuck) { this.pending = undefined; stuck.querySelector("[data-act=remove]").focus(); }
  }

  go() {
    const { pending } = this;
    if (!pending || [...this.items.keys()].some((item) => UNSENT.includes(item.dataset.state))) return;
    this.pending = undefined;
    this.box.closest("form").requestSubmit(pending.submitter);
  }
}

function start() {
  for (const box of document.querySelectorAll(".uploads:not(.live)")) new Field(box);
}

start();
document.addEventListener("htmx:load", start);
