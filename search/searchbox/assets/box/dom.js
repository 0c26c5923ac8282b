// h makes an element. Attributes that are undefined or false are left out, functions are listeners. Text goes in as
// text nodes only: nothing here parses HTML, so nothing from a post or a query can become markup.
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

let held; // the style of a page that is held

// holdPage keeps the page behind a dialog from scrolling, or lets it scroll again. The overflow of html counts for the
// viewport, or that of body when html has none. A border takes the place of the scrollbar, so that nothing moves and the
// backdrop covers it.
export function holdPage(hold) {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== held);
  if (!hold) return;
  const root = document.documentElement;
  const width = root.clientWidth;
  const rule = `${getComputedStyle(root).overflowY === "visible" ? "body" : "html"}{overflow:hidden!important}`;
  held = new CSSStyleSheet();
  held.replaceSync(rule);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, held];
  held.replaceSync(`${rule}html{border-inline-end:${root.clientWidth - width}px solid #0000}`);
}

const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'" };

const decode = (text) => text.replace(/&[^;]*;/g, (entity) => entities[entity] || entity);

// segments reads a field of the API ending in _html: escaped text with <mark> and no other markup. Whatever else looks
// like markup is text.
export function segments(html) {
  let mark = false;
  const found = [];
  for (const part of String(html).split(/(<\/?mark>)/)) {
    if (part === "<mark>" || part === "</mark>") mark = part === "<mark>";
    else if (part) found.push({ text: decode(part), mark });
  }
  return found;
}

// marked turns such a field into nodes.
export function marked(html) {
  return segments(html).map((s) => (s.mark ? h("mark", { part: "mark" }, s.text) : s.text));
}

// markedWords returns the marked texts of fields, each once.
export function markedWords(...fields) {
  const words = fields.flatMap(segments).filter((s) => s.mark).map((s) => s.text);
  return [...new Set(words)];
}
