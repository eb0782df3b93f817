/* Words that could not be sent because the session was over wait in this tab and return to the form after signing in,
   for the same person only. Whatever page comes after a form that was taken forgets them. */
(() => {
  "use strict";
  const KEPT = "kept", me = document.body.dataset.me;
  const words = (form) => [...form.elements].filter((one) => one.matches("textarea[name], input[type=text][name]"));

  addEventListener("submit", (event) => {
    const form = event.target;
    if (!me || form.method !== "post" || !form.querySelector("textarea")) return;
    const said = words(form).map((one) => [one.name, one.value]);
    const kept = { me, path: location.pathname, action: form.getAttribute("action"), said, lost: false };
    try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* full or forbidden: the form still works */ }
  });

  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (!kept) return;
  if (document.querySelector("[data-lost]")) {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, lost: true }));
    return;
  }
  if (!me || (kept.lost && kept.me === me && kept.path !== location.pathname)) return;
  sessionStorage.removeItem(KEPT);
  if (!kept.lost || kept.me !== me) return;
  const form = [...document.forms].find((one) => one.getAttribute("action") === kept.action);
  for (const [name, text] of form ? kept.said : []) {
    const field = words(form).find((one) => one.name === name);
    if (!field || field.value || !text) continue;
    field.value = text;
    field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
})();
