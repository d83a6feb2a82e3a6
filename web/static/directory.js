/* What the pages do better with a script; without it every page works all the same.
   My list lives in this browser only. Nothing here writes a cookie or asks another site for anything. */
(function () {
  "use strict";
  var all = function (what, where) { return Array.from((where || document).querySelectorAll(what)); };
  var one = function (what) { return document.querySelector(what); };

  /* My list: keys of services in localStorage, in the order in which they were kept. */
  var STORE = "list";
  var MOST = 60;
  function kept() {
    try {
      var keys = JSON.parse(localStorage.getItem(STORE) || "[]");
      return Array.isArray(keys) ? keys.filter(function (key) { return /^[a-z0-9-]{1,80}$/.test(key); }).slice(0, MOST) : [];
    } catch (error) { return []; }
  }
  function keep(keys) {
    /* A browser may forbid keeping anything: the link of the list still carries it. */
    try { localStorage.setItem(STORE, JSON.stringify(keys.slice(0, MOST))); return true; } catch (error) { return false; }
  }
  function showCount() {
    var count = kept().length;
    all("[data-list-count]").forEach(function (place) { place.textContent = count ? " (" + count + ")" : ""; });
  }
  function showKept(button) {
    var on = kept().indexOf(button.dataset.keep) >= 0;
    button.setAttribute("aria-pressed", String(on));
    var words = on ? button.dataset.on : button.dataset.off;
    if (words) { button.textContent = words; }
    all("[data-see]").forEach(function (link) { link.hidden = !on; });
  }
  function toggle(key) {
    var keys = kept();
    return keep(keys.indexOf(key) >= 0 ? keys.filter(function (other) { return other !== key; }) : keys.concat(key));
  }
  function enliven(where) {
    all("[data-keep]", where).forEach(function (button) {
      button.hidden = false;
      button.setAttribute("role", "button");
      showKept(button);
      button.addEventListener("keydown", function (event) {
        if (event.key === " ") { event.preventDefault(); button.click(); }
      });
      button.addEventListener("click", function (event) {
        if (toggle(button.dataset.keep)) {
          event.preventDefault();
          all("[data-keep]").forEach(showKept);
          showCount();
          if (one("[data-list]")) { showList(); }
        }
      });
    });
    all("[data-print]", where).forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
    all("[data-copy]", where).forEach(function (button) {
      var field = document.getElementById(button.dataset.copy);
      if (!field) { return; }
      button.hidden = false;
      button.addEventListener("click", function () {
        var done = function () { button.textContent = button.dataset.done; };
        var by_hand = function () { field.select(); };
        if (navigator.clipboard) { navigator.clipboard.writeText(field.value).then(done, by_hand); } else { by_hand(); }
      });
    });
    all("[data-keep-all]", where).forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var keys = kept();
        button.dataset.keepAll.split(",").forEach(function (key) { if (keys.indexOf(key) < 0) { keys.push(key); } });
        keep(keys);
        location.assign(button.dataset.then);
      });
    });
    all("[data-clear]", where).forEach(function (button) {
      button.addEventListener("click", function () { keep([]); showCount(); showList(); });
    });
  }

  /* The page of the list: the server puts the keys into words, and keeps nothing. */
  function showList() {
    var place = one("[data-list]");
    var body = new URLSearchParams({ s: kept().join(",") });
    fetch(place.dataset.list, { method: "POST", body: body, headers: { "X-Part": "list" } })
      .then(function (answer) { if (!answer.ok) { throw answer; } return answer.text(); })
      .then(function (html) { place.innerHTML = html; enliven(place); })
      .catch(function () { place.textContent = place.dataset.failed; });
  }

  /* Suggestions while typing, sent in the body so that they stand in no address. */
  function suggest(field) {
    var list = document.createElement("datalist");
    var timer, last = "";
    list.id = field.id + "-list";
    field.after(list);
    field.setAttribute("list", list.id);
    field.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        var typed = field.value.trim();
        if (typed.length < 2 || typed === last) { return; }
        last = typed;
        fetch(field.dataset.suggest, { method: "POST", body: new URLSearchParams({ q: typed }) })
          .then(function (answer) { return answer.ok ? answer.json() : []; })
          .then(function (labels) {
            list.replaceChildren.apply(list, labels.map(function (label) {
              var option = document.createElement("option");
              option.value = label;
              return option;
            }));
          })
          .catch(function () { list.replaceChildren(); });
      }, 150);
    });
  }

  /* Leave at once: blank the page first, then go, and leave this page out of the way back. The browser still has the
     pages looked at before: whoever goes back to one of this kind is sent away again, until a page is opened anew. */
  var LEFT = "left";
  function exit(to) {
    try { sessionStorage.setItem(LEFT, "1"); } catch (error) { /* Then the way back stays open. */ }
    document.documentElement.replaceChildren();
    document.title = " ";
    location.replace(to);
  }
  function leaveAgain(event) {
    var opened = performance.getEntriesByType("navigation")[0];
    var back = (event && event.persisted) || (opened && opened.type === "back_forward");
    var door = one("[data-exit]");
    try {
      if (!back) { sessionStorage.removeItem(LEFT); } else if (door && sessionStorage.getItem(LEFT)) { exit(door.href); }
    } catch (error) { /* A browser may forbid keeping anything. */ }
  }
  function watchExit(door) {
    var presses = [];
    door.addEventListener("click", function (event) { event.preventDefault(); exit(door.href); });
    document.addEventListener("keydown", function (event) {
      var now = Date.now();
      presses = event.key === "Shift" && !event.repeat ? presses.filter(function (at) { return now - at < 5000; }).concat(now) : [];
      if (presses.length >= 3) { exit(door.href); }
    });
  }

  function begin() {
    enliven(document);
    showCount();
    if (one("[data-list]")) { showList(); }
    all("[data-suggest]").forEach(suggest);
    all("[data-exit]").forEach(watchExit);
    leaveAgain();
    var summary = one(".errors");
    if (summary) { summary.focus(); }
  }
  begin();
  /* steps.js puts another page in the place of this one. */
  document.addEventListener("page", begin);
  window.addEventListener("pageshow", leaveAgain);
})();
