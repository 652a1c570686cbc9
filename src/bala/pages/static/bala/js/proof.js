// Proof of work before an anonymous form goes out: ALTCHA's widget, unseen, with our own words.
// Where the browser cannot do it the form goes as without JavaScript: seldom, but it goes.

async function prepare(box) {
  if (!window.isSecureContext || !window.crypto?.subtle || !window.customElements || !box.closest("form")) return;
  await import(box.dataset.widget);
  globalThis.$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker(box.dataset.worker));
  const widget = document.createElement("altcha-widget");
  const said = box.querySelector("[role=status]");
  const settings = { humanInteractionSignature: false, hideFooter: true, hideLogo: true, minDuration: 0, timeout: 60000 };
  for (const [name, value] of Object.entries({
    challenge: box.dataset.challenge, name: box.dataset.name, auto: "onsubmit", display: "invisible",
    language: "en", configuration: JSON.stringify(settings),
  })) widget.setAttribute(name, value);
  widget.hidden = true;
  widget.addEventListener("statechange", ({ detail }) => {
    said.hidden = !["verifying", "error"].includes(detail.state);
    said.textContent = detail.state === "error" ? box.dataset.failed : detail.state === "verifying" ? box.dataset.working : "";
    box.closest("form").toggleAttribute("data-proving", detail.state === "verifying");
    if (detail.state === "error") widget.remove();
  });
  box.append(widget);
}

for (const box of document.querySelectorAll(".proof:not([data-ready])")) {
  box.dataset.ready = "";
  prepare(box).catch(() => {});
}
