// What keeps people from using the page that is shown: one sentence per fault.
() => {
  const faults = [];
  const say = (what, element) => faults.push(`${what}: ${element ? element.outerHTML.slice(0, 110).replace(/\s+/g, " ") : ""}`);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (element) =>
    (element.getAttribute("aria-label") || (element.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent || "").join(" ")
      || [...(element.labels || [])].map((label) => label.textContent).join(" ") || element.textContent || element.title
      || element.querySelector("img[alt], svg[aria-label]")?.getAttribute("alt") || element.querySelector("svg[aria-label]")?.getAttribute("aria-label") || "").trim();

  if (!document.documentElement.lang) say("the page has no language");
  if (!document.title.trim()) say("the page has no title");
  for (const [selector, count] of [["h1", 1], ["main", 1]]) {
    const found = all(selector).filter(seen).length;
    if (found !== count) say(`${found} visible <${selector}> instead of ${count}`);
  }
  if (!all("header, [role=banner]").some(seen)) say("no header");
  if (!all("footer, [role=contentinfo]").some(seen)) say("no footer");

  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6").filter(seen)) {
    const next = Number(heading.tagName[1]);
    if (level && next > level + 1) say(`heading jumps from ${level} to ${next}`, heading);
    if (!heading.textContent.trim()) say("empty heading", heading);
    level = next;
  }
  const ids = all("[id]").map((element) => element.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) say(`id ${id} is there twice`);
  for (const image of all("img")) if (!image.hasAttribute("alt")) say("picture without alt", image);
  for (const image of all("svg[role=img]")) if (!name(image) && !image.querySelector("title")) say("drawing without a name", image);
  for (const field of all("input:not([type=hidden]), select, textarea, button, a[href], [role=button]"))
    if (seen(field) && field.getAttribute("aria-hidden") !== "true" && !name(field)) say("no name", field);
  for (const field of all("input:not([type=hidden]), select, textarea"))
    if (seen(field) && !field.labels?.length && !field.getAttribute("aria-label")) say("field without a label", field);
  for (const table of all("table")) if (seen(table) && !table.querySelector("th")) say("table without heads", table);
  // The theme's row of buttons at a piece of code is a <nav> to it; they have names of their own.
  const navs = all("nav:not(.md-code__nav), [role=navigation]").filter(seen).map((nav) => name({ ...nav, getAttribute: (key) => nav.getAttribute(key), querySelector: () => null, textContent: "" }));
  if (navs.length > 1 && new Set(navs).size < navs.length) say(`navigations need names of their own (${navs})`);

  // Contrast as WCAG 2 counts it; pictures and gradients behind text are passed over.
  const parse = (colour) => {
    const canvas = (window.__faults ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true }));
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    const layers = [];
    for (let place = element; place; place = place.parentElement) {
      const style = getComputedStyle(place);
      if (style.backgroundImage !== "none") return null;
      const colour = parse(style.backgroundColor);
      layers.push(colour);
      if (colour[3] > 0.99) break;
    }
    return layers.reverse().reduce((below, above) => over(above, below), [255, 255, 255, 1]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const done = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || done.has(element) || !seen(element)) continue;
    done.add(element);
    if (element.closest("script, style, noscript, template, option, [disabled], [aria-hidden=true]")) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const style = getComputedStyle(element);
    const ground = behind(element);
    if (!ground) continue;
    const ink = over(parse(style.color), ground);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, element);
  }
  const wide = document.documentElement;
  if (wide.scrollWidth > wide.clientWidth) {
    const culprit = all("body *").filter(seen).find((element) => element.getBoundingClientRect().right > wide.clientWidth + 1);
    say(`the page is ${wide.scrollWidth - wide.clientWidth} px too wide`, culprit);
  }
  return faults;
}
