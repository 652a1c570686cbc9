// Bringing a concept in: dropping a file, its size before it travels, and the line of a draft in its source.

for (const form of document.querySelectorAll("[data-upload]")) {
  const zone = form.querySelector("[data-drop]");
  const input = form.querySelector("input[type=file]");
  const fault = form.querySelector("[data-fault]");
  const tooLarge = () => input.files.length > 0 && input.files[0].size > Number(input.dataset.maxBytes);
  const check = () => {
    fault.hidden = !tooLarge();
    fault.textContent = tooLarge() ? form.dataset.tooLarge : "";
  };
  input.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    check();
    if (tooLarge()) event.preventDefault();
  });
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
      check();
    }
  });
}

const review = document.querySelector("[data-review]");
const pane = review?.querySelector(".source-text");

function mark(number) {
  for (const old of pane.querySelectorAll(".marked")) old.classList.remove("marked");
  const line = document.getElementById(`l${number}`);
  if (!line) return;
  line.classList.add("marked");
  // only the pane scrolls, never the page under the person's hand
  if (pane.scrollHeight > pane.clientHeight) pane.scrollTop = line.offsetTop - pane.offsetTop - pane.clientHeight / 3;
}

if (pane) {
  for (const kind of ["pointerover", "focusin"]) {
    review.addEventListener(kind, (event) => {
      const card = event.target.closest("[data-source]");
      if (card) mark(card.dataset.source);
    });
  }
}
