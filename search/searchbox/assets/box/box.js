import css from "./box.css";
import { Client, recent } from "./client.js";
import { h } from "./dom.js";
import { highlightPage } from "./highlight.js";
import { Keys, isShortcut } from "./keys.js";
import { textsFor } from "./texts.js";
import { View, icon } from "./view.js";

const pause = 70; // milliseconds without a key before a question is asked: faster typists do not read in between
const slow = 1200; // milliseconds until the box says that the answer takes its time

let sheet; // one for all boxes of the page
let boxes = 0;

// <chaja-search> is the search box. Attributes: inline, lang, theme, placeholder, highlight, recent="off",
// shortcuts="off", server, site. A form in it is what people without scripts get; its action is the search page.
class ChajaSearch extends HTMLElement {
  #id = `chaja-${++boxes}`;
  #tags = [];
  #asked = "";
  options = [];
  #active = null;
  #timers = [];
  #listening = null;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    if (!this.shadowRoot) this.#build();
    document.addEventListener("keydown", (e) => this.#shortcut(e), { signal });
    addEventListener("online", () => this.#retry(), { signal });
    if (this.hasAttribute("highlight")) highlightPage();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.client.cancel();
    this.#timers.forEach(clearTimeout);
  }

  get #inline() {
    return this.hasAttribute("inline");
  }

  get #lang() {
    return this.lang || (this.closest("[lang]") || document.documentElement).lang || navigator.language;
  }

  get #query() {
    return this.input.value.trim().normalize();
  }

  #build() {
    const t = (this.t = textsFor(this.#lang));
    this.client = new Client(new URL(this.getAttribute("server") || ".", import.meta.url));
    this.view = new View(t, {
      link: (url, change) => this.#link(url, change),
      search: (query) => this.#searchFor(query),
      filter: (tag) => this.#toggle(tag),
      searchURL: (query) => this.#searchURL(query),
      highlight: this.hasAttribute("highlight"),
    });
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
    const root = this.attachShadow({ mode: "open", delegatesFocus: this.#inline });
    root.adoptedStyleSheets = [sheet];
    root.append(...(this.#inline ? this.#panel() : this.#dialog()));
    if (getComputedStyle(this).colorScheme === "normal" && !this.hasAttribute("theme")) this.setAttribute("theme", "auto");
    this.keys = new Keys(this.input, { key: (e) => this.#key(e), enter: () => this.#enter() });
    root.addEventListener("click", (e) => e.target.closest("a") && this.#opened());
  }

  // #panel makes the input and what stands below it; they stay the same elements for ever.
  #panel() {
    const t = this.t;
    const list = `${this.#id}-list`;
    this.input = h("input", {
      type: "search", name: "q", part: "input", role: "combobox", "aria-label": t.search, "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": list, "aria-haspopup": "listbox", autocomplete: "off", autocapitalize: "off",
      autocorrect: "off", spellcheck: "false", enterkeyhint: "search", placeholder: this.getAttribute("placeholder") || t.hint,
      input: () => this.#typed(), focus: () => this.#typed(),
    });
    this.end = h("button", { type: "button", class: "end", "aria-label": this.#inline ? t.clear : t.close, click: () => this.#end() }, icon("close"));
    this.chips = h("div", { class: "chips", role: "group", "aria-label": t.filter });
    this.notice = h("div", { class: "notice" });
    this.list = h("div", { id: list, class: "list", part: "list", role: "listbox", "aria-label": t.search, mousedown: (e) => e.preventDefault() });
    this.foot = h("div", { class: "foot" });
    this.status = h("div", { class: "status", role: "status" });
    this.below = h("div", { class: "below", part: "panel" }, this.chips, this.notice, this.status, this.list, this.foot);
    const form = h("form", { role: "search", class: "field", submit: (e) => (e.preventDefault(), this.#enter()) }, icon("search"), this.input, this.end);
    if (this.#inline) {
      this.input.value = (this.#form && new FormData(this.#form).get("q")) || "";
      this.#asked = this.#query; // what the page shows already
      this.end.hidden = !this.#asked;
      this.addEventListener("focusout", (e) => this.contains(e.relatedTarget) || this.#hide());
    }
    return [form, this.below];
  }

  #dialog() {
    const key = h("kbd", { "aria-hidden": "true" }, "/");
    key.hidden = this.getAttribute("shortcuts") === "off" || !matchMedia("(hover: hover)").matches;
    const trigger = h("button", { type: "button", class: "trigger", part: "trigger", "aria-haspopup": "dialog", click: () => this.open() },
      icon("search"), h("span", {}, this.t.search), key);
    this.dialog = h("dialog", {
      part: "dialog", "aria-label": this.t.search,
      cancel: (e) => (this.keys.composing ? e.preventDefault() : this.input.blur()), // blur: as in #opened
      close: () => this.#hide(),
      click: (e) => e.target === this.dialog && this.dialog.close(),
    }, ...this.#panel());
    return [trigger, this.dialog];
  }

  // open opens the dialog, or puts the cursor into the box.
  open() {
    if (this.dialog && !this.dialog.open) this.dialog.showModal();
    this.input.focus();
    this.input.select();
  }

  #shortcut(e) {
    if (this.getAttribute("shortcuts") === "off" || !isShortcut(e)) return;
    e.preventDefault();
    this.open();
  }

  #end() {
    if (this.dialog) return this.dialog.close();
    this.#set("");
    this.input.focus();
  }

  #hide() {
    this.below.classList.remove("open");
    this.#choose(null);
    this.input.setAttribute("aria-expanded", "false");
  }

  // --- asking

  #typed() {
    if (this.#inline) this.end.hidden = !this.input.value;
    const query = this.#query;
    if (!query) {
      this.client.cancel();
      this.#asked = "";
      this.#tags = [];
      return this.#showRecent();
    }
    if (query === this.#asked) return this.#unhide();
    this.#asked = query;
    this.#choose(null);
    this.#timer(0, () => this.#ask(), pause);
  }

  async #ask() {
    const query = this.#query;
    if (!query) return;
    this.#timer(1, () => this.#say(this.t.slow), slow);
    try {
      const answer = await this.client.ask(query, this.#tags);
      if (answer) this.#show(answer);
      else return;
    } catch {
      this.#showFailure();
    }
    clearTimeout(this.#timers[1]);
  }

  #retry() {
    if (this.failed) this.#ask();
  }

  #timer(n, then, delay) {
    clearTimeout(this.#timers[n]);
    this.#timers[n] = setTimeout(then, delay);
  }

  #toggle(tag) {
    this.#tags = this.#tags.includes(tag) ? this.#tags.filter((t) => t !== tag) : [...this.#tags, tag];
    this.#ask();
    this.input.focus();
  }

  #searchFor(query) {
    if (this.keys.composing) this.input.blur(); // ends the composition, which a new value would break
    this.#set(query);
    this.input.focus();
    this.#keep(query);
  }

  #set(query) {
    this.input.value = query;
    this.#typed();
  }

  // --- showing

  #fill(fields) {
    for (const name of ["chips", "notice", "list", "foot"]) this[name].replaceChildren(...(fields[name] || []));
    this.failed = Boolean(fields.failed);
    this.#choose(null);
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((option, i) => (option.id = `${this.#id}-${i}`));
    this.list.scrollTop = 0;
  }

  get #isOpen() {
    return this.below.classList.contains("open");
  }

  #unhide() {
    const filled = this.status.textContent || this.below.querySelector(":scope > :not(:empty)");
    const open = Boolean(filled) && (this.dialog ? this.dialog.open : this.matches(":focus-within"));
    this.below.classList.toggle("open", open);
    this.input.setAttribute("aria-expanded", String(open && this.options.length > 0));
  }

  #show({ result, suggestions }) {
    const view = this.view;
    const none = !result.total && !suggestions.length;
    this.#fill({
      chips: view.chips(result.facets.tags, this.#tags),
      notice: [...view.meant(result.suggestion), ...(none ? view.state(this.t.none(result.query), this.t.noneHint) : [])],
      list: [...view.suggestions(suggestions, result.hits), ...view.hits(result)],
      foot: result.total ? [...view.all(result), view.keys()] : [],
    });
    this.#say(result.total ? view.count(result) : this.t.none(result.query));
  }

  #showRecent() {
    const list = this.#remembers ? recent.list() : [];
    const forget = h("button", { type: "button", class: "link", click: () => (recent.clear(), this.input.focus(), this.#showRecent()) }, this.t.forget);
    this.#fill({ list: this.view.recent(list), foot: list.length ? [forget, this.view.keys()] : [] });
    this.#say("");
  }

  #showFailure() {
    const offline = !navigator.onLine;
    const title = offline ? this.t.offline : this.t.failed;
    this.#fill({ failed: true, notice: this.view.state(title, offline && this.t.offlineHint, () => this.#ask()) });
    this.#say(title);
  }

  #say(text) {
    this.status.textContent = text;
    this.#unhide();
  }

  // --- choosing

  #key(e) {
    const options = this.#isOpen ? this.options : [];
    const at = options.indexOf(this.#active);
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (!this.#isOpen) return this.#unhide();
      const n = options.length + 1; // the input is one of the places
      this.#choose(options[(at + 1 + (e.key === "ArrowDown" ? 1 : n - 1)) % n - 1]);
    } else if (e.key === "Escape" && this.#inline && this.#isOpen) {
      e.preventDefault();
      this.#hide();
    }
  }

  #choose(option) {
    if (this.#active) this.#active.setAttribute("aria-selected", "false");
    this.#active = option || null;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  // #enter opens what is chosen, else the page with all results.
  #enter() {
    if (this.#active) return this.#active.click();
    const query = this.#query;
    if (!query) return;
    this.#opened();
    const url = this.#searchURL(query);
    const event = new CustomEvent("chaja-search", { bubbles: true, composed: true, cancelable: true, detail: { query, url } });
    if (this.dispatchEvent(event)) location.assign(url);
  }

  #opened() {
    this.#keep(this.#query);
    if (!this.dialog) return this.#hide();
    this.input.blur(); // else a shortcut right after is taken for text
    this.dialog.close();
  }

  get #remembers() {
    return this.getAttribute("recent") !== "off";
  }

  #keep(query) {
    if (this.#remembers) recent.add(query);
  }

  // --- addresses

  get #form() {
    return this.querySelector("form");
  }

  // #searchURL is the page with all results of a query; it keeps the other fields of the form.
  #searchURL(query) {
    const url = new URL(this.#form ? this.#form.action : this.getAttribute("server") || ".", this.#form ? location.href : import.meta.url);
    const fields = this.#form ? [...new FormData(this.#form)].filter(([name]) => name !== "q") : [];
    url.search = new URLSearchParams([["q", query], ...fields, ...this.#tags.map((tag) => ["tag", tag])]);
    return url.href;
  }

  // #link is where a post of this site is; undefined for what is no address of a page.
  #link(path, change) {
    try {
      const url = new URL(path, new URL(this.getAttribute("site") || "/", location.href));
      if (change) change(url);
      return /^https?:$/.test(url.protocol) ? url.href : undefined;
    } catch {
      return undefined;
    }
  }
}

if (!customElements.get("chaja-search")) customElements.define("chaja-search", ChajaSearch);
