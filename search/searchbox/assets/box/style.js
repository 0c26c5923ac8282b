import css from "./box.css";

// Browsers before Chrome 123, Firefox 120 and Safari 17.5 do not know light-dark(). They get a sheet for each scheme.
const follows = CSS.supports("color", "light-dark(red, red)");

// withoutLightDark replaces light-dark(a, b) by one of both.
const withoutLightDark = (source, dark) => source.replace(/light-dark\(([^,]+), ([^)]+)\)/g, dark ? "$2" : "$1");

const made = new Map(); // sheets, for all boxes of the page

function sheet(source) {
  if (!made.has(source)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(source);
    made.set(source, sheet);
  }
  return made.get(source);
}

// dress gives a box its styles. Its colours follow the color-scheme of the page, or what the reader likes where the page
// has none.
export function dress(box) {
  const scheme = (...sources) => {
    box.shadowRoot.adoptedStyleSheets = sources.map(sheet);
    return getComputedStyle(box).colorScheme;
  };
  const sources = scheme(css) === "normal" ? [":host{color-scheme:light dark}"] : [];
  const now = scheme(...sources, css);
  const dark = now.includes("dark") && (!now.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
  if (!follows) scheme(...sources, withoutLightDark(css, dark));
}
