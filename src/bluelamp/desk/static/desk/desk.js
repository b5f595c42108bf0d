// What pages gain where scripts run: keys in review, the highlighted words in view. Nothing works only with this.
(function () {
  "use strict";
  document.documentElement.classList.add("with-script");
  const STORED = "bluelamp-shortcuts";

  function shortcutsAreOn() {
    try { return localStorage.getItem(STORED) !== "off"; } catch { return true; }
  }

  // Bring the cited words into view inside their own pane, without moving the page.
  function showHere(root) {
    root.querySelectorAll("[data-show-here]").forEach(function (pane) {
      const here = pane.querySelector("mark.first") || pane.querySelector("mark.here, .box-here, li.chosen");
      if (!here) { return; }
      const box = here.getBoundingClientRect();
      const around = pane.getBoundingClientRect();
      pane.scrollTop += box.top - around.top - pane.clientHeight / 3;
    });
  }

  function prepare(root) {
    showHere(root);
    const box = document.getElementById("shortcuts");
    if (box) {
      box.checked = shortcutsAreOn();
      box.addEventListener("change", function () {
        try { localStorage.setItem(STORED, box.checked ? "on" : "off"); } catch { /* not kept: asked again next time */ }
      });
    }
  }

  const entries = () => Array.from(document.querySelectorAll("[data-proposals] > li"));
  const chosen = () => document.querySelector("[data-proposals] > li.chosen") || entries()[0];

  function move(step) {
    const all = entries();
    const next = all[all.indexOf(chosen()) + step];
    if (next) { next.querySelector("[data-choose]").click(); }
  }

  function rejectChosen(entry) {
    const details = entry.querySelector("[data-reject]");
    if (details) { details.open = true; details.querySelector("input[name=reason]").focus(); }
  }

  function submit(form) { if (form) { form.requestSubmit(); } }

  function act(event) {
    const entry = chosen();
    if (!entry) { return false; }
    switch (event.key) {
      case "j": move(1); return true;
      case "k": move(-1); return true;
      case "a": submit(entry.querySelector("[data-accept]")); return true;
      case "A": {
        const sort = entry.dataset.sortOf;
        submit(document.querySelector('[data-sort="' + CSS.escape(sort) + '"]') || entry.querySelector("[data-accept]"));
        return true;
      }
      case "e": { const link = entry.querySelector("[data-edit]"); if (link) { link.click(); } return true; }
      case "x": rejectChosen(entry); return true;
      default: return false;
    }
  }

  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (document.querySelector("[data-keys]") && shortcutsAreOn() && act(event)) { event.preventDefault(); }
  });

  // Filters that are not set stay out of the address, so that it can be read and sent.
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.verb !== "get") { return; }
    const sent = event.detail.parameters;
    Object.keys(sent).forEach(function (name) { if (sent[name] === "") { delete sent[name]; } });
  });

  // Where on the screen the proposal stood that a person clicked: there the chosen one stands after the swap.
  let stood = null;
  document.addEventListener("htmx:beforeRequest", function (event) {
    const entry = event.target.closest("[data-proposals] > li");
    stood = entry ? entry.getBoundingClientRect().top : null;
  });

  function keepChosenInView() {
    const entry = document.querySelector("#review .proposals > li.chosen");
    if (!entry) { return; }
    entry.focus({ preventScroll: true });
    if (stood !== null) {
      window.scrollBy({ top: entry.getBoundingClientRect().top - stood, behavior: "instant" });
      stood = null;
    }
    entry.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  // After a part of the page was replaced, the keyboard stands where the eye is. htmx goes to the address's #L...
  // once this event is over, which moves the whole page: so this waits for that.
  document.addEventListener("htmx:afterSettle", function () {
    const review = document.getElementById("review");
    if (!review) { return; }
    prepare(review);
    setTimeout(function () { showHere(review); keepChosenInView(); }, 0);
  });

  // What failed is never passed over: a page that was asked for is shown as the server answers it, whole; what was
  // sent is not sent again, but said to have failed.
  // Signing in again, in another tab, changes the secret that forms carry; the cookie has the one that holds now.
  function secretNow() {
    const found = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    return found ? found[1] : "";
  }
  document.addEventListener("submit", function (event) {
    const carried = event.target.querySelector("input[name=csrfmiddlewaretoken]");
    if (carried && secretNow()) { carried.value = secretNow(); }
  }, true);

  const failure = (hidden) => { const box = document.getElementById("failure"); if (box) { box.hidden = hidden; } };
  const signedOut = (hidden) => { const box = document.getElementById("signed-out"); if (box) { box.hidden = hidden; } };
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status === 401) { signedOut(false); }
    else if (event.detail.requestConfig.verb === "get") { window.location.assign(event.detail.pathInfo.finalRequestPath); }
    else { failure(false); }
  });
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () { failure(false); });
  });
  document.addEventListener("htmx:afterOnLoad", function (event) { if (event.detail.successful) { failure(true); signedOut(true); } });

  document.addEventListener("DOMContentLoaded", function () { prepare(document); });
  window.addEventListener("load", function () {
    if (window.location.hash && document.getElementById("review")) { keepChosenInView(); }
  });
})();
