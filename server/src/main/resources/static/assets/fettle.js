// Keeps pages fresh and makes the list usable from the keyboard: / search, j and k move, Enter opens.
(() => {
  "use strict";
  let pending = 0;
  // what changed between the making of this page and the opening of the stream is told at once
  const shown = document.querySelector("meta[name=fettle-changes]")?.content;
  const events = new EventSource("/events" + (shown ? "?since=" + shown : ""));
  events.addEventListener("changed", () => {
    window.clearTimeout(pending);
    pending = window.setTimeout(() => {
      if (!document.activeElement || document.activeElement.id !== "reason") {
        window.htmx.trigger(document.body, "fettle-changed");
      }
    }, 250);
  });
  let current = -1;
  const rows = () => Array.from(document.querySelectorAll("tr.row"));
  const move = (step) => {
    const all = rows();
    if (all.length === 0) {
      return;
    }
    current = Math.min(Math.max(current + step, 0), all.length - 1);
    all.forEach((row, i) => row.classList.toggle("current", i === current));
    all[current].querySelector("a.open").focus();
  };
  // what people opened or closed stays so when the page renews itself, and so does the marked row
  const open = new Map();
  const name = (details) =>
      (details.closest("section, div")?.id ?? "") + details.querySelector("summary").textContent;
  document.body.addEventListener("htmx:beforeSwap", () => {
    open.clear();
    document.querySelectorAll("details").forEach((d) => open.set(name(d), d.open));
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    document.querySelectorAll("details").forEach((d) => {
      d.open = open.get(name(d)) ?? d.open;
    });
    rows().forEach((row, i) => row.classList.toggle("current", i === current));
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "/") {
      const query = document.getElementById("query");
      if (query) {
        event.preventDefault();
        query.focus();
      }
    } else if (event.key === "j") {
      move(1);
    } else if (event.key === "k") {
      move(-1);
    }
  });
})();
