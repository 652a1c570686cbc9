// The moderators' keyboard. Everything it does can be done by links and buttons too.

const lines = [...document.querySelectorAll("[data-line]")];
const decision = document.querySelector("[data-decision]");

function isTyping(target) {
  return target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
}

function step(by) {
  const at = lines.indexOf(document.activeElement);
  const next = lines[at === -1 ? (by > 0 ? 0 : lines.length - 1) : at + by];
  next?.focus();
}

function press(key) {
  document.querySelector(`[data-key~="${key}"]`)?.click();
}

function say(value) {
  const choice = decision?.querySelector(`input[name="faces"][value="${value}"]`);
  if (choice) {
    choice.checked = true;
    choice.focus();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const done = () => event.preventDefault();
  if (lines.length && event.key === "j") { done(); step(1); }
  else if (lines.length && event.key === "k") { done(); step(-1); }
  else if (["a", "j", "k", "n"].includes(event.key)) { done(); press(event.key); }
  else if (event.key === "f") { done(); say("yes"); }
  else if (event.key === "d") { done(); say("no"); }
  else if (event.key === "r" && decision) { done(); decision.querySelector("select[name=reason]").focus(); }
  else if (event.key === "?") {
    const help = document.querySelector(".keys-help");
    if (help) { done(); help.open = true; help.querySelector("summary").focus(); }
  }
});
