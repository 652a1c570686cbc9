// The theme changes in place; the form's own answer keeps it in the cookie.

export function switchTheme() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".theme-switch") || !event.submitter) return;
    event.preventDefault();
    const chosen = event.submitter.value;
    document.documentElement.dataset.theme = chosen;
    for (const button of document.querySelectorAll(".theme-switch button")) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
    const body = new FormData(form, event.submitter);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
  });
}
