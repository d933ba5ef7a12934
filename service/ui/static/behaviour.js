// What pages do beyond HTML. Every page works without it.
"use strict";

(() => {
  const page = document.documentElement;
  let dirty = false;

  // The menu folds on narrow screens; without this script it is simply open.
  const menu = document.querySelector(".menu-button");
  const side = document.getElementById("side");
  if (menu && side) {
    menu.hidden = false;
    page.classList.add("menu-ready");
    menu.addEventListener("click", () => {
      menu.setAttribute("aria-expanded", String(side.classList.toggle("open")));
    });
  }

  // What is wrong with a form is said by the page, in the page's language; not by the browser.
  const sayItOurselves = (root) => {
    for (const form of root.querySelectorAll("form")) form.noValidate = true;
  };
  sayItOurselves(document);

  // Focus goes where the news is: the error summary of a page, or the heading of what was swapped in.
  const focusNews = (root) => {
    const news = root.querySelector("[data-focus]") ?? root.querySelector("h1, h2, h3, caption");
    if (!news) return;
    if (!news.hasAttribute("tabindex")) news.setAttribute("tabindex", "-1");
    news.focus();
  };
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    sayItOurselves(part);
    // Filters keep the focus where the reader types; the live region tells the count.
    if (event.detail.requestConfig?.verb === "get" && !part.querySelector("[data-focus]")) return;
    focusNews(part);
  });

  // A part that waits says so.
  const busy = (state) => (event) => {
    event.detail.target?.setAttribute("aria-busy", state);
    if (state === "true") document.getElementById("problem")?.replaceChildren();
  };
  document.addEventListener("htmx:beforeRequest", busy("true"));
  document.addEventListener("htmx:afterRequest", busy("false"));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    dirty = false;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { // a second press must not send the form again
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  }, true);
  window.addEventListener("pageshow", () => { // back from the next page: the form may be sent anew
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    }
  });

  // Enter chooses a word while an input method composes; it must not send the form. Safari ends the
  // composition before the key event, which then has code 229.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.isComposing || event.keyCode === 229)) return;
    event.stopPropagation();
    if (event.target.matches("input")) event.preventDefault();
  }, true);

  // Typed work is not lost without a question.
  document.addEventListener("input", (event) => {
    if (event.target.form?.method === "post") dirty = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
})();
