/* The form under a conversation: what the kind of words brings along, and what was begun and not yet sent. */
(() => {
  "use strict";

  /* A note is for the departments unless somebody chooses: the choice follows the kind of words until it is made. */
  function kind(form, was) {
    const { tier, reason, body } = form.elements, now = form.querySelector('[name="kind"]:checked')?.value;
    if (!now || tier?.options[0].value) return now;
    const usual = (of) => of === "note" ? "2" : tier.options[1].value;
    if (["", usual(was)].includes(tier.value)) {
      tier.value = usual(now);
      if (now === "note") reason.value ||= "draft_before_decision";
      else if (reason.value === "draft_before_decision") reason.value = "";
    }
    body.dataset.all ??= body.placeholder;
    body.placeholder = now === "note" ? body.dataset.note : body.dataset.all;
    return now;
  }

  /* Words that were begun wait in this tab, for whoever wrote them, while another form is sent or the page is left. */
  function draft(form) {
    const { body } = form.elements, place = `draft ${form.dataset.draft}`;
    const chosen = () => form.querySelector('[name="kind"]:checked')?.value ?? "";
    const [of, words] = JSON.parse(sessionStorage.getItem(place) ?? '["", ""]');
    if (words && !body.value) {
      body.value = words;
      for (const one of form.querySelectorAll('[name="kind"][type="radio"]')) one.checked ||= one.value === of;
    }
    addEventListener("pagehide", () => {
      const over = form.dataset.sent || $('[action="/logout"][data-sent]') || !body.value.trim();
      if (over) sessionStorage.removeItem(place);
      else sessionStorage.setItem(place, JSON.stringify([chosen(), body.value]));
    });
  }

  const $ = (css) => document.querySelector(css);
  for (const form of document.querySelectorAll(".composer")) {
    draft(form);
    let was = kind(form, "");
    form.addEventListener("change", (event) => { if (event.target.name === "kind") was = kind(form, was); });
  }
})();
