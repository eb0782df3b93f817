/* A note is for the departments unless somebody chooses: the choice follows the kind of words until it is made. */
(() => {
  "use strict";
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
  for (const form of document.querySelectorAll(".composer")) {
    let was = kind(form, "");
    form.addEventListener("change", (event) => { if (event.target.name === "kind") was = kind(form, was); });
  }
})();
