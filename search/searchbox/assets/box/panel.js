import { h } from "./dom.js";
import { icon } from "./view.js";

// makePanel makes the input and what stands below it. They stay the same elements as long as the box. on are the listeners:
// typed, end, press, clicked and left.
export function makePanel(t, { id, inline, placeholder }, on) {
  const list = `${id}-list`;
  const input = h("input", {
    type: "search", name: "q", part: "input", role: "combobox", "aria-label": t.search, "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": list, "aria-haspopup": "listbox", autocomplete: "off", autocapitalize: "off",
    autocorrect: "off", spellcheck: "false", enterkeyhint: "search", dir: "auto", placeholder: placeholder || t.hint,
    input: on.typed, focus: () => on.typed(),
  });
  const parts = {
    input,
    end: h("button", { type: "button", class: "end", "aria-label": inline ? t.clear : t.close, click: on.end }, icon("close")),
    chips: h("div", { class: "chips", role: "group", "aria-label": t.filter, tabindex: "-1" }),
    notice: h("div", { class: "notice", tabindex: "-1" }),
    list: h("div", { id: list, class: "list", part: "list", role: "listbox", tabindex: "-1", "aria-label": t.search }),
    foot: h("div", { class: "foot" }),
    status: h("div", { class: "status", role: "status" }),
  };
  parts.field = h("form", { role: "search", class: "field", lang: t.lang, focusout: on.left }, icon("search"), input, parts.end);
  parts.below = h("div", { class: "below", part: "panel", lang: t.lang, mousedown: on.press, click: on.clicked, auxclick: on.clicked, focusout: on.left },
    parts.chips, parts.notice, parts.status, parts.list, parts.foot);
  return parts;
}

// makeTrigger makes the button that opens a dialog. It names the keys that do, where there is a keyboard.
export function makeTrigger(t, shortcuts, open) {
  const mac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform || navigator.platform);
  const keys = h("span", { class: "shortcuts", "aria-hidden": "true" }, h("kbd", {}, mac ? "⌘ K" : "Ctrl K"), h("kbd", {}, "/"));
  keys.hidden = !shortcuts || !matchMedia("(hover: hover)").matches;
  return h("button", {
    type: "button", class: "trigger", part: "trigger", "aria-haspopup": "dialog", lang: t.lang, click: open,
    keydown: (e) => e.repeat && e.key === "Enter" && e.preventDefault(), // the Enter that closed the dialog is held down
  }, icon("search"), h("span", {}, t.search), keys);
}

// makeDialog makes the dialog around what stands in it. cancel(event) is called when it is about to close by Escape,
// closed() when it is closed, beside() for a click beside it, not when a selection was drawn out of it.
export function makeDialog(t, { cancel, closed, beside }, ...children) {
  let outside = false;
  const dialog = h("dialog", {
    part: "dialog", "aria-label": t.search, cancel, close: closed,
    mousedown: (e) => (outside = e.target === dialog),
    click: (e) => outside && e.target === dialog && beside(),
  }, ...children);
  return dialog;
}
