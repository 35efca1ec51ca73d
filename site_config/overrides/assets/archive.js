// The reader's own clock, filters and sorting for tables, and the search dialog. Every page works without it.
(() => {
  "use strict";

  // Times: shown in UTC, with the reader's own zone as a title.
  const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short", timeZoneName: undefined });
  for (const time of document.querySelectorAll('time[datetime*="T"]')) {
    time.title = `${local.format(new Date(time.dateTime))} (${Intl.DateTimeFormat().resolvedOptions().timeZone})`;
  }

  // The menu of small screens, which is the theme's drawer; and wide tables that a keyboard can scroll.
  const menu = document.querySelector(".pm-menu");
  const drawer = document.getElementById("__drawer");
  if (menu && drawer) {
    menu.addEventListener("click", () => drawer.click());
    drawer.addEventListener("change", () => {
      menu.setAttribute("aria-expanded", drawer.checked);
      if (drawer.checked) document.querySelector("#pm-drawer a")?.focus();
    });
    document.getElementById("pm-drawer")?.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && drawer.checked) (drawer.click(), menu.focus());
    });
    document.getElementById("pm-drawer")?.addEventListener("click", (event) => {
      if (event.target.closest("a") && drawer.checked) drawer.click();
    });
  }
  for (const frame of document.querySelectorAll(".pm-scroll")) if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;

  // Sorting: the heads of `data-sortable` tables become buttons.
  const sortKey = (row, column) => {
    const cell = row.cells[column];
    const written = cell.dataset.v ?? cell.querySelector("time")?.dateTime ?? cell.textContent.trim();
    const number = Number(written);
    return written !== "" && !Number.isNaN(number) ? number : written.toLowerCase();
  };
  const compare = (a, b) => (typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1);
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const descending = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row) => [sortKey(row, column), row]);
        rows.sort((a, b) => compare(a[0], b[0]) * (descending ? -1 : 1));
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  // Filters: the form's fields narrow the rows down; the address holds them, so that a view can be sent to somebody.
  for (const form of document.querySelectorAll("form[data-filters]")) {
    const target = document.getElementById(form.dataset.filters);
    if (!target) continue;
    const rows = [...target.querySelectorAll("tbody tr")].map((row) => ({ row, text: row.textContent.toLowerCase() }));
    const groups = [...target.querySelectorAll("[data-group]")];
    const count = form.querySelector("[data-count]");
    const everything = count.textContent;
    const reset = form.querySelector("button[type=reset]");
    const fields = [...form.elements].filter((field) => field.name);
    const extra = new Map(); // values of the address that a field cannot show, such as two statuses at once

    const read = () => {
      const query = new URLSearchParams(location.search);
      extra.clear();
      for (const field of fields) {
        const values = query.getAll(field.name);
        field.value = values[0] ?? "";
        const known = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === field.value);
        if (values.length > 1 || !known) {
          extra.set(field.name, values);
          field.value = "";
        }
      }
    };
    const apply = () => {
      const wanted = fields.map((field) => [field.name, extra.get(field.name) ?? (field.value ? [field.value] : [])]);
      const active = wanted.filter(([, values]) => values.length);
      let shown = 0;
      for (const { row, text } of rows) {
        const kept = active.every(([name, values]) =>
          name === "q"
            ? values[0].toLowerCase().split(/\s+/).every((word) => text.includes(word))
            : values.some((value) => (row.dataset[name] ?? "").split("|").includes(value)),
        );
        row.hidden = !kept;
        shown += kept;
      }
      for (const group of groups) {
        group.hidden = active.length > 0 && !group.querySelector("tbody tr:not([hidden])");
        if (group.tagName === "DETAILS") group.open = active.length > 0 && !group.hidden;
      }
      count.textContent = active.length ? `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} shown` : everything;
      reset.hidden = !active.length;
      const query = new URLSearchParams(active.flatMap(([name, values]) => values.map((value) => [name, value])));
      const address = location.pathname + (query.size ? `?${query}` : "") + location.hash;
      if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      extra.delete(event.target.name);
      apply();
    });
    form.addEventListener("reset", () => {
      extra.clear();
      for (const field of fields) field.value = "";
      setTimeout(apply);
    });
    addEventListener("popstate", () => (read(), apply()));
    read();
    apply();
  }

  // Search: a dialog over Pagefind's index, which is fetched when it is first needed.
  const finder = document.getElementById("pm-finder");
  if (!finder) return;
  const base = new URL(`${finder.dataset.base.replace(/\/?$/, "/")}`, location.href);
  const input = finder.querySelector("input");
  const [severity, service] = finder.querySelectorAll("select");
  const list = finder.querySelector("ul");
  const said = finder.querySelector("[data-said]");
  let engine;
  let asked = 0;

  const load = () => {
    engine ??= (async () => {
      fetch(new URL("facets.json", base)).then((answer) => answer.json()).then((facets) => {
        for (const name of facets.severities) severity.add(new Option(name, name));
        for (const name of facets.services) service.add(new Option(name, name));
      }, () => {});
      const pagefind = await import(new URL("pagefind/pagefind.js", base).href);
      await pagefind.options({ excerptLength: 22 });
      await pagefind.init();
      return pagefind;
    })();
    return engine;
  };
  const make = (tag, text, className) => Object.assign(document.createElement(tag), { textContent: text ?? "", className: className ?? "" });
  const entry = (page) => {
    const link = Object.assign(document.createElement("a"), { href: page.url });
    const about = make("small");
    if (page.meta.severity) about.append(make("span", page.meta.severity, "sev s" + Math.min(Math.max([...severity.options].findIndex((o) => o.value === page.meta.severity) - 1, 0), 5)));
    for (const word of [page.meta.date, (page.filters?.service ?? []).join(", ")]) if (word) about.append(make("span", word));
    const best = page.sub_results?.find((part) => part.url.includes("#")) ?? page;
    const words = make("p");
    words.innerHTML = page.excerpt; // Pagefind escapes the text and adds nothing but <mark>
    if (best !== page && best.excerpt) {
      link.href = best.url;
      words.innerHTML = best.excerpt;
      about.append(make("span", `§ ${best.title.replace(/#$/, "")}`));
    }
    link.append(make("b", page.meta.title), about, words);
    const item = document.createElement("li");
    item.append(link);
    return item;
  };
  const search = async () => {
    const number = ++asked;
    const words = input.value.trim();
    if (!words) {
      list.replaceChildren();
      said.textContent = "";
      return;
    }
    let pagefind;
    try {
      pagefind = await load();
    } catch {
      engine = undefined;
      said.textContent = "The search index could not be loaded.";
      return;
    }
    const filters = {};
    if (severity.value) filters.severity = [severity.value];
    if (service.value) filters.service = [service.value];
    const found = await pagefind.debouncedSearch(words, { filters }, 120);
    if (found === null || number !== asked) return;
    const pages = await Promise.all(found.results.slice(0, 12).map((result) => result.data()));
    if (number !== asked) return;
    list.replaceChildren(...pages.map(entry));
    list.scrollTop = 0;
    const total = found.results.length;
    said.textContent = total
      ? `${total} ${total === 1 ? "result" : "results"}${total > pages.length ? `, the best ${pages.length} shown` : ""}`
      : severity.value || service.value
        ? "Nothing found; try without the filters"
        : "Nothing found; try fewer or other words";
  };
  const open = () => {
    if (finder.open) return;
    finder.showModal();
    input.select();
    load().catch(() => (engine = undefined));
  };

  for (const button of document.querySelectorAll("[data-search-open]")) button.addEventListener("click", open);
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)) {
      event.preventDefault();
      event.stopPropagation();
      open();
    }
  }, true);
  for (const field of [input, severity, service]) field.addEventListener("input", search);
  finder.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "close" && event.submitter === document.activeElement) return;
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  finder.addEventListener("click", (event) => {
    if (event.target === finder || event.target.closest(".pm-found a")) finder.close();
    if (event.target.closest("button[value=close]")) finder.close();
  });
  finder.addEventListener("keydown", (event) => {
    if (event.key === "Escape") finder.close(); // a search field would only be cleared
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.tagName === "SELECT") return;
    const links = [...list.querySelectorAll("a")];
    const next = links.indexOf(document.activeElement) + step;
    if (!links.length || next >= links.length) return;
    event.preventDefault();
    (links[next] ?? input).focus();
  });
})();
