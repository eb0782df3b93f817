/* What the keyboard, the focus and the live stream need. Every form and link works without it. */
(() => {
  "use strict";
  const $ = (css, from = document) => from.querySelector(css);
  const all = (css, from = document) => [...from.querySelectorAll(css)];
  document.documentElement.classList.add("has-script");

  /* Keys: a list has one current row (aria-current); an element that a key presses says so in data-key. */
  let going = 0;
  const rows = () => all(".rows > li, [data-row]").filter((row) => $("a", row) && row.checkVisibility());
  const here = () => $(".rows > [aria-current], [data-row][aria-current]");

  function move(step) {
    const list = rows(), at = list.indexOf(here());
    const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
    if (!next) return;
    here()?.removeAttribute("aria-current");
    next.setAttribute("aria-current", "true");
    $("a", next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function press(key) {
    const css = `[data-key="${key}"]`;
    const found = (here() && $(css, here())) ?? all(css).find((one) => !one.closest(".rows"));
    if (!found) return false;
    const target = found.matches("summary") ? $("select, textarea", found.parentElement)
      : found.matches("input[type=radio]") ? $("textarea", found.form) : found;
    found.click();
    target?.focus();
    return true;
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    "/": () => $("#find")?.focus(),
    "?": () => $("#help")?.showModal(),
    g: () => (going = Date.now()),
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      const form = event.target.closest?.("textarea")?.form;
      if (form?.method === "post") { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    const key = event.key.toLowerCase(), on = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (on.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, dialog[open], [contenteditable]")) return;
    const went = Date.now() - going < 1500 ? $(`[data-go="${CSS.escape(key)}"]`) : null;
    going = 0;
    if (went) went.click();
    else if (key in keys) keys[key]();
    else if (!/^[a-z]$/.test(key) || !press(key)) return;
    event.preventDefault();
  });

  /* Focus: after a refusal on the first field that must be mended. */
  function mend(root) {
    const first = $('[aria-invalid="true"]', root) ?? $(".faults", root);
    first?.focus();
  }

  addEventListener("click", (event) => event.target.closest?.("[data-print]") && print());

  /* One press, one request: the button rests until the answer is here (the server refuses doubles by key as well). */
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.getAttribute("action") === "/logout") sessionStorage.clear(); /* nobody after one finds words in this tab */
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    for (const button of all("button:not([type=button])", form)) button.setAttribute("aria-disabled", "true");
  });
  const rest = (root) => {
    for (const form of all("form[data-sent]", root)) {
      delete form.dataset.sent;
      for (const button of all("button[aria-disabled]", form)) button.removeAttribute("aria-disabled");
    }
  };
  addEventListener("pageshow", () => rest(document));

  /* A file over the limit is said at once, before it has travelled. */
  addEventListener("change", (event) => {
    const input = event.target, most = Number(input.dataset?.maxBytes);
    if (!most) return;
    const big = [...input.files].some((file) => file.size > most);
    input.setCustomValidity(big ? input.dataset.tooBig : "");
    if (big) input.reportValidity();
  });

  /* Skeleton: a part that loads for more than 300 ms shows its shape (skeleton.css waits, this only marks). */
  addEventListener("htmx:before:request", (event) => event.detail.ctx.target?.setAttribute?.("aria-busy", "true"));
  addEventListener("htmx:finally:request", (event) => {
    event.detail.ctx.target?.removeAttribute?.("aria-busy");
    if (event.detail.ctx.request?.method !== "GET") rest(document); /* a fragment that came meanwhile is no answer to a form */
  });
  /* On a phone the conversation comes first: the reasons wait behind their question. */
  const fold = () => innerWidth < 768 && all("#promise .why").forEach((one) => { one.open = false; });
  addEventListener("htmx:after:swap", (event) => {
    fold();
    if (event.detail.ctx.response?.status === 422) mend(document);
  });

  /* Live: "something you can read changed" becomes an event on <body> that hx-trigger waits for
     ("notices", "request-2081"). A page out of sight lets go of its stream: browsers allow six a host. */
  const address = document.body.dataset.live;
  let stream = null;
  const tell = (name) => document.body.dispatchEvent(new CustomEvent(name));
  const open = () => $("[data-live-on^='request-']")?.dataset.liveOn.slice(8);
  /* Whoever looks at a request has seen what its notices say. 200: there were some; 204: none. */
  async function seen() {
    const request = open(), token = $("[name=_csrf]")?.value;
    if (!request || !token || document.hidden) return false;
    const body = new URLSearchParams({ request, _csrf: token });
    return (await fetch("/notices/reading", { method: "POST", body }).catch(() => null))?.status === 200;
  }
  function listen() {
    if (!address || stream || document.hidden) return;
    seen().then((some) => some && tell("notices"));
    const from = $("[data-live-from]")?.dataset.liveFrom;
    stream = new EventSource(from ? `${address}?${from}` : address);
    stream.addEventListener("changed", async (event) => {
      const told = JSON.parse(event.data);
      if (told?.request) tell(`request-${told.request}`);
      else await seen();
      tell("notices");
    });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { stream?.close(); stream = null; return; }
    listen();
    if (address) for (const name of new Set(all("[data-live-on]").map((one) => one.dataset.liveOn))) tell(name);
  });
  addEventListener("pagehide", () => { stream?.close(); stream = null; });

  /* On a phone <main> scrolls, not the page: going back returns to where one was, as browsers do for pages. */
  const main = $("#main"), place = `top ${location.pathname}${location.search}`;
  addEventListener("pagehide", () => sessionStorage.setItem(place, main.scrollTop));
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") main.scrollTop = sessionStorage.getItem(place) ?? 0;

  fold();
  listen();
  mend(document);
})();
