// A dropdown is a <details>: here it also closes with Escape and with a press elsewhere.

const OPEN = "details.dropdown[open], details.menu-button[open]";

export function keepDropdownsTidy() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(OPEN)) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
