// A link or button with data-dialog="ID" opens that <dialog>; without JavaScript the link's page does the same.
// Inside a dialog, whatever has data-close closes it.

export function openDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    const closer = event.target.closest("dialog [data-close]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
  });
  // "?" shows the keyboard help of a page that has one
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.target.closest("input, textarea, select, [contenteditable]")) return;
    document.getElementById("keyboard-help")?.showModal();
  });
}
