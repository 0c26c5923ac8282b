import { h } from "./dom.js";
import { textsFor } from "./texts.js";

// here is where this script is from: currentScript is that of a classic script; a module finds itself in the stack.
const script = (document.currentScript && document.currentScript.src) || (/https?:.*?(?=:\d+:\d+)/.exec(new Error().stack) || [])[0];
export const here = new URL(script || location.href, location.href);

// serverOf returns where chaja answers, by the attribute server.
export const serverOf = (attribute) => new URL((attribute || ".").replace(/\/?$/, "/"), here);

// able: browsers before 2022 keep the form that is inside, or get one.
export const able = CSS.supports("selector(:has(*))") && "adoptedStyleSheets" in document && "checkVisibility" in Element.prototype;

// plainForms puts a form into boxes that have none, where the browser is older than the box.
export function plainForms() {
  for (const box of document.querySelectorAll("chaja-search:empty")) {
    const t = textsFor(box.lang || document.documentElement.lang || navigator.language);
    const input = h("input", { type: "search", name: "q", "aria-label": t.search, placeholder: t.hint });
    box.append(h("form", { action: serverOf(box.getAttribute("server")), role: "search" }, input, h("button", {}, t.search)));
  }
}
