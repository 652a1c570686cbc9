// An htmx answer may carry the header HX-Trigger: {"toast": {"text": "…", "kind": "success"}}.
// The toast stays until it is closed or the next page: nothing vanishes before it is read.

export function showToasts() {
  const region = document.getElementById("toasts");
  if (!region) return;
  document.addEventListener("toast", (event) => {
    const { text, kind = "success" } = event.detail;
    const toast = document.createElement("div");
    toast.className = `alert toast ${kind}`;
    const words = document.createElement("div");
    words.textContent = text;
    const close = document.createElement("button");
    close.className = "close";
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", region.dataset.close);
    close.addEventListener("click", () => toast.remove());
    toast.append(words, close);
    region.append(toast);
  });
}
