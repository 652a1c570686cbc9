// Fills a datalist from the server while a name is typed; the last question asked wins.

export function offerOrganisations(field, list, url) {
  let asked = 0;
  let timer = 0;
  const ask = async () => {
    const mine = ++asked;
    const answer = await fetch(`${url}?q=${encodeURIComponent(field.value)}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    list.innerHTML = await answer.text();
  };
  field.setAttribute("list", list.id);
  field.setAttribute("autocomplete", "off");
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  });
  field.addEventListener("focus", ask, { once: true });
}
