import css from "./box.css";
import { Client, recent } from "./client.js";
import { h, holdPage } from "./dom.js";
import { highlightPage } from "./highlight.js";
import { Keys, isShortcut } from "./keys.js";
import { fill, textsFor } from "./texts.js";
import { View, icon } from "./view.js";

const pause = 70; // milliseconds without a key before a question is asked: faster typists do not read in between
const slow = 1200; // milliseconds until the box says that the answer takes its time

let sheet; // one for all boxes of the page
let boxes = 0;

// <chaja-search> is the search box. Its attributes are inline, lang, theme, placeholder, highlight, recent="off",
// shortcuts="off", server and site. A form in it serves people without scripts; the action of the form is the search
// page.
class ChajaSearch extends HTMLElement {
  #id = `chaja-${++boxes}`;
  #tags = [];
  #asked = ""; // the query that is shown or asked
  #asking = false; // an answer is to come
  #ahead = 0; // how far the arrows went in it already
  #wanted = false; // the person wants to see what stands below the input
  #outside = false; // a click began beside the dialog
  options = [];
  #active = null;
  #timers = [];
  #listening = null;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    if (!this.shadowRoot) this.#build();
    document.addEventListener("keydown", (e) => this.#shortcut(e), { signal });
    addEventListener("online", () => this.failed && this.#ask(), { signal });
    addEventListener("pageshow", (e) => e.persisted && this.#given && this.#restore(), { signal });
    if (this.hasAttribute("highlight")) highlightPage(getComputedStyle(this));
  }

  disconnectedCallback() {
    this.#listening.abort();
    if (this.dialog) this.dialog.close();
    this.#hide();
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
    const server = (this.getAttribute("server") || ".").replace(/\/?$/, "/");
    this.client = new Client(new URL(server, import.meta.url), t.lang);
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
    root.addEventListener("click", (e) => e.target.closest("a") && this.#opened(e.ctrlKey || e.metaKey || e.shiftKey));
    if (this.#inline) this.#restore();
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
    this.list = h("div", { id: list, class: "list", part: "list", role: "listbox", tabindex: "-1", "aria-label": t.search });
    this.foot = h("div", { class: "foot" });
    this.status = h("div", { class: "status", role: "status" });
    const keepFocus = (e) => e.preventDefault();
    this.below = h("div", { class: "below", part: "panel", mousedown: keepFocus }, this.chips, this.notice, this.status, this.list, this.foot);
    if (this.#inline) this.addEventListener("focusout", (e) => this.contains(e.relatedTarget) || this.#hide());
    return [h("form", { role: "search", class: "field" }, icon("search"), this.input, this.end), this.below];
  }

  #dialog() {
    const key = h("kbd", { "aria-hidden": "true" }, "/");
    key.hidden = this.getAttribute("shortcuts") === "off" || !matchMedia("(hover: hover)").matches;
    const trigger = h("button", {
      type: "button", class: "trigger", part: "trigger", "aria-haspopup": "dialog", click: () => this.open(),
      keydown: (e) => e.repeat && e.key === "Enter" && e.preventDefault(), // the Enter that closed the dialog is held down
    }, icon("search"), h("span", {}, this.t.search), key);
    this.dialog = h("dialog", {
      part: "dialog", "aria-label": this.t.search,
      cancel: (e) => (this.keys.composing ? e.preventDefault() : this.input.blur()), // blur: as in #close
      close: () => this.dialog.open || this.#hide(),
      mousedown: (e) => (this.#outside = e.target === this.dialog),
      click: (e) => this.#outside && e.target === this.dialog && this.#close(), // not when a selection was drawn out of it
    }, ...this.#panel());
    return [trigger, this.dialog];
  }

  // open opens the dialog, or puts the cursor into the box. A box that is not displayed stays as it is.
  open() {
    if (!this.#displayed) return;
    if (this.dialog && !this.dialog.open) {
      this.dialog.showModal();
      holdPage(true);
    }
    this.input.focus();
    this.input.select();
  }

  get #displayed() {
    return this.checkVisibility({ visibilityProperty: true });
  }

  #shortcut(e) {
    if (this.getAttribute("shortcuts") === "off" || !isShortcut(e) || !this.#displayed) return;
    e.preventDefault();
    this.open();
  }

  #end() {
    if (this.dialog) return this.#close();
    this.#set("");
    this.input.focus();
  }

  #close() {
    this.input.blur(); // else a shortcut right after is taken for text
    this.dialog.close();
  }

  #hide() {
    if (this.dialog) holdPage(false);
    this.#wanted = false;
    this.#stop();
    this.#choose(null);
    this.#reveal();
  }

  // #given is the query that the page shows already.
  get #given() {
    return (this.#inline && this.#form && new FormData(this.#form).get("q")) || "";
  }

  // #restore brings the box back to what the page shows.
  #restore() {
    this.#hide();
    this.#fill({});
    this.status.textContent = "";
    this.input.value = this.#given;
    this.#asked = this.#query;
    this.#tags = [];
    this.end.hidden = !this.#asked;
  }

  // --- asking

  #typed() {
    if (this.#inline) this.end.hidden = !this.input.value;
    this.#wanted = true;
    const query = this.#query;
    if (!query) {
      this.#stop();
      this.#asked = "";
      this.#tags = [];
      return this.#showRecent();
    }
    if (query === this.#asked) return this.#reveal();
    this.#asked = query;
    this.#asking = true;
    this.#ahead = 0;
    this.#choose(null);
    this.#timer(0, () => this.#ask(), pause);
  }

  // #ask asks what is typed. When the chosen tags leave nothing of it, they belonged to another query and are dropped.
  async #ask() {
    const query = this.#query;
    if (!query) return;
    this.#asking = true;
    this.#timer(1, () => this.#say(this.t.slow), slow);
    let answer, failure;
    try {
      answer = await this.client.ask(query, this.#fields);
      if (answer && this.#tags.length && !answer.result.total) {
        this.#tags = [];
        answer = await this.client.ask(query, this.#fields);
      }
      if (!answer) return; // another question has taken its place
    } catch (error) {
      failure = error;
    }
    clearTimeout(this.#timers[1]);
    if (query === this.#asked) this.#asking = false;
    if (failure) this.#showFailure(failure.cause);
    else this.#show(answer);
  }

  // #stop no longer waits for an answer. The same query is asked again when it is needed.
  #stop() {
    this.client.cancel();
    this.#timers.forEach((timer) => clearTimeout(timer));
    if (this.#asking) this.#asked = "";
    this.#asking = false;
    this.#ahead = 0;
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
    if (this.below.contains(this.shadowRoot.activeElement)) this.input.focus(); // its element goes
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

  // #reveal shows what stands below the input, if there is something and the person is here and wants it.
  #reveal() {
    const filled = this.status.textContent || this.below.querySelector(":scope > :not(:empty)");
    const open = this.#wanted && Boolean(filled) && (this.dialog ? this.dialog.open : this.matches(":focus-within"));
    const { left, right } = this.getBoundingClientRect();
    this.below.classList.toggle("leftward", left + right > innerWidth); // it may be wider than the box
    this.below.classList.toggle("open", open);
    this.input.setAttribute("aria-expanded", String(open && this.options.length > 0));
  }

  #show({ result, suggestions }) {
    const view = this.view;
    const none = !result.total && !suggestions.length;
    const nothing = fill(this.t.none, result);
    this.#fill({
      chips: view.chips(result.facets.tags, this.#tags),
      notice: none ? view.state(nothing, result.notice || this.t.noneHint) : view.meant(result),
      list: [...view.suggestions(suggestions, result.hits), ...view.hits(result)],
      foot: result.total ? [...view.all(result), view.keys()] : [],
    });
    this.#say(result.total ? view.count(result) : nothing);
    if (!this.#asking && this.#ahead) this.#move(this.#ahead);
    this.#ahead = 0;
  }

  #showRecent() {
    const list = this.#remembers ? recent.list() : [];
    const forget = h("button", { type: "button", class: "link", click: () => (recent.clear(), this.#showRecent()) }, this.t.forget);
    this.#fill({ list: this.view.recent(list), foot: list.length ? [forget, this.view.keys()] : [] });
    this.#say("");
  }

  // #showFailure says what the server said, or that it said nothing.
  #showFailure(reason) {
    const offline = !navigator.onLine;
    const title = offline ? this.t.offline : reason || this.t.failed;
    const notice = this.view.state(title, offline && this.t.offlineHint, () => this.#ask());
    this.#fill({ failed: true, chips: this.view.chips([], this.#tags), notice });
    this.#say(title);
  }

  #say(text) {
    this.status.textContent = text;
    this.#reveal();
  }

  // --- choosing

  #key(e) {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (this.#asking || this.#isOpen) this.#move(e.key === "ArrowDown" ? 1 : -1);
      else this.#typed();
    } else if (e.key === "Escape" && (this.dialog || this.#isOpen)) {
      e.preventDefault(); // browsers would clear the input
      if (this.dialog) this.#close();
      else this.#hide();
    }
  }

  // #move goes through the list. While an answer is to come, it goes through that one.
  #move(steps) {
    if (this.#asking) return (this.#ahead += steps);
    const n = this.options.length + 1; // the input is one of the places
    const to = (this.options.indexOf(this.#active) + 1 + steps) % n;
    this.#choose(this.options[((to + n) % n) - 1]);
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

  // #opened clears the way for the page that opens. A page in another tab needs none.
  #opened(elsewhere) {
    this.#keep(this.#query);
    if (elsewhere) return;
    if (this.dialog) this.#close();
    else this.#hide();
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

  // #fields are those of the form beside the query, and the tags.
  get #fields() {
    const fields = this.#form ? [...new FormData(this.#form)].filter(([name]) => name !== "q") : [];
    return [...fields, ...this.#tags.map((tag) => ["tag", tag])];
  }

  // #searchURL is the page with all results of a query.
  #searchURL(query) {
    const url = new URL(this.#form ? this.#form.action : this.client.server);
    url.search = new URLSearchParams([["q", query], ...this.#fields]);
    return url.href;
  }

  // #link returns where a post of this site is, or undefined for what is no address of a page.
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

// Browsers before 2024 keep the form.
if (CSS.supports("color", "light-dark(red, red)") && !customElements.get("chaja-search")) customElements.define("chaja-search", ChajaSearch);
