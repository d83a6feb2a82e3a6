/* Step by step: the browser's own Back and Forward go through the questions, too. Without this script each page is sent
   by a form of its own, and a browser asks before it sends one again.
   What was answered stays where forms leave it as well: in the history of this tab. */
(function () {
  "use strict";
  var latest = null;
  var turn = 0;

  function step() { return document.querySelector("[data-step]"); }
  function sealed() { return document.querySelector("[data-step] [name=state]").value; }

  /* Asks for a page and puts it in the place of this one; `then` notes it in the history. */
  function load(address, fields, then, failed) {
    /* Of several at once the newest counts. */
    var mine = ++turn;
    fetch(address, { method: "POST", body: new URLSearchParams(fields) })
      .then(function (answer) { return answer.text(); })
      .then(function (html) {
        if (mine !== turn) { return; }
        var page = new DOMParser().parseFromString(html, "text/html");
        document.body.replaceWith(document.adoptNode(page.body));
        document.title = page.title;
        document.documentElement.lang = page.documentElement.lang;
        if (step()) { latest = sealed(); }
        then();
        window.scrollTo(0, 0);
        (document.querySelector(".errors") || document.getElementById("main")).focus();
        document.dispatchEvent(new Event("page"));
      })
      .catch(function () { if (mine === turn) { failed(); } });
  }
  function entry() { return { step: step().dataset.step, state: latest }; }
  function note() { if (step()) { history.replaceState(entry(), ""); } }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-steps]")) { return; }
    event.preventDefault();
    var fields = new FormData(form);
    var button = event.submitter;
    if (button && button.name) { fields.append(button.name, button.value); }
    var before = step() && step().dataset.step;
    load(form.action, fields, function () {
      if (!step()) { return; }
      /* A page that is shown again, with what is wrong on it, is no step back. */
      if (before === step().dataset.step && location.href === form.action) { note(); return; }
      history.pushState(entry(), "", form.action);
    }, function () {
      if (button && button.name) {
        var field = document.createElement("input");
        field.type = "hidden"; field.name = button.name; field.value = button.value;
        form.append(field);
      }
      form.submit();
    });
  });

  function show(noted) {
    var fields = { state: latest || noted.state, go: "to:" + noted.step };
    load(location.pathname, fields, note, function () { location.reload(); });
  }
  window.addEventListener("popstate", function (event) {
    if (event.state && event.state.step) { show(event.state); } else if (!location.hash) { location.reload(); }
  });

  if (step()) {
    latest = sealed();
    note();
  } else if (history.state && history.state.step) {
    show(history.state);
  }
})();
