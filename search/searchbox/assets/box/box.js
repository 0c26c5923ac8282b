import { Addresses } from "./addresses.js";
import { Asker } from "./ask.js";
import { Choices } from "./choices.js";
import { Client } from "./client.js";
import { h, holdPage } from "./dom.js";
import { plainForms, serverOf } from "./forms.js";
import { highlightPage } from "./highlight.js";
import { Keys, isShortcut } from "./keys.js";
import { memory } from "./memory.js";
import { makePanel, makeTrigger } from "./panel.js";
import { dress } from "./style.js";
import { fill, textsFor } from "./texts.js";
import { View } from "./view.js";

const rest = 500; // milliseconds without a key until a screen reader is told what was found
const settling = 50; // milliseconds in which an input method fills in again what it emptied

// Attributes; each may be written with data- before it, too.
const settings = ["inline", "highlight", "lang", "theme", "placeholder", "recent", "shortcuts", "server", "site"];

let boxes = 0;

// ChajaSearch is the element chaja-search, the search box. A form in it serves people without scripts; the action of the
// form is the search page.
class ChajaSearch extends HTMLElement {
  static observedAttributes = settings.flatMap((name) => [name, `data-${name}`]);

  #id = `chaja-${++boxes}`;
  #tags = [];
  #asked = ""; // the query that is shown or asked
  #ahead = 0; // how far the arrows went in an answer that is to come
  #wanted = false; // the person wants to see what stands below the input
  #outside = false; // a click began beside the dialog
  #pressed = false; // the mouse is down below the input: what is there stays until it is up
  #keyAt = 0; // when the query changed last
  #newest; // the newest posts and frequent tags, for an empty input
  #timers = {};
  #listening;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    if (!this.shadowRoot) this.#build();
    document.addEventListener("keydown", (e) => this.#shortcut(e), { signal });
    addEventListener("online", () => this.failed && this.#ask(), { signal });
    addEventListener("pageshow", (e) => e.persisted && this.#given && this.#restore(), { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dress(this), { signal });
    if (this.#has("highlight")) highlightPage(getComputedStyle(this));
  }

  disconnectedCallback() {
    this.#listening.abort();
    if (this.dialog) this.dialog.close();
    this.#hide();
  }

  // attributeChangedCallback makes the box anew, with what was typed.
  attributeChangedCallback(name, before, now) {
    if (!this.shadowRoot || before === now) return;
    const typed = this.input.value;
    if (this.dialog) this.dialog.close();
    this.#hide();
    this.dialog = undefined;
    this.#build();
    this.input.value = typed;
  }

  #get(name) {
    return this.getAttribute(name) ?? this.getAttribute(`data-${name}`);
  }

  #has(name) {
    return this.#get(name) !== null;
  }

  get #inline() {
    return this.#has("inline");
  }

  get #lang() {
    return this.#get("lang") || (this.closest("[lang]") || document.documentElement).lang || navigator.language;
  }

  get #query() {
    return this.input.value.trim().normalize();
  }

  get #remembers() {
    return this.#get("recent") !== "off";
  }

  // --- making

  #build() {
    const t = (this.t = textsFor(this.#lang));
    this.client = new Client(serverOf(this.#get("server")), t.lang);
    this.addresses = new Addresses({ get: (name) => this.#get(name), form: () => this.querySelector("form"), server: this.client.server });
    this.#newest = undefined;
    this.asker = new Asker(this.client, {
      answered: (answer, newest) => this.#answered(answer, newest),
      failed: (cause) => this.#showFailure(cause),
      late: () => this.#say(t.slow, true),
    });
    this.view = new View(t, {
      link: (url, change) => this.addresses.post(url, change),
      search: (query) => this.#searchFor(query),
      filter: (tag) => this.#toggle(tag),
      searchURL: (query) => this.#searchURL(query),
      starred: () => this.#query || this.#showStart(),
      stars: this.#remembers && memory.starred,
      highlight: this.#has("highlight"),
    });
    const root = this.shadowRoot || this.attachShadow({ mode: "open" });
    root.replaceChildren(...(this.#inline ? this.#panel() : this.#dialog()));
    dress(this);
    this.keys = new Keys(this.input, { key: (e) => this.#key(e), enter: (e) => this.#enter(e) });
    if (this.#inline) this.#restore();
  }

  #panel() {
    const made = { id: this.#id, inline: this.#inline, placeholder: this.#get("placeholder") };
    const parts = makePanel(this.t, made, {
      typed: (e) => this.#typed(e), end: () => this.#end(), press: (e) => this.#press(e), clicked: (e) => this.#clicked(e), left: (e) => this.#left(e),
    });
    Object.assign(this, parts);
    this.choices = new Choices(this.input, this.list);
    return [parts.field, parts.below];
  }

  #dialog() {
    this.dialog = h("dialog", {
      part: "dialog", "aria-label": this.t.search,
      cancel: (e) => (this.keys.composing ? e.preventDefault() : this.input.blur()), // blur: as in close
      close: () => this.dialog && !this.dialog.open && (this.#hide(), this.#tell("chaja-close")),
      mousedown: (e) => (this.#outside = e.target === this.dialog),
      click: (e) => this.#outside && e.target === this.dialog && this.close(), // not when a selection was drawn out of it
    }, ...this.#panel());
    return [makeTrigger(this.t, this.#get("shortcuts") !== "off", () => this.open()), this.dialog];
  }

  // --- opening and closing

  // open opens the dialog, or puts the cursor into the box. A box that is not displayed stays as it is.
  open() {
    if (!this.#displayed) return;
    if (this.dialog && !this.dialog.open) {
      this.dialog.showModal();
      holdPage(true);
      this.#tell("chaja-open");
    }
    this.input.focus();
    this.input.select();
  }

  // close closes the dialog, or what stands below the box.
  close() {
    if (!this.dialog) return this.#hide();
    this.input.blur(); // else a shortcut right after is taken for text
    this.dialog.close();
  }

  focus(options) {
    this.shadowRoot.querySelector(this.#inline ? "input" : ".trigger").focus(options);
  }

  get #displayed() {
    return this.checkVisibility({ visibilityProperty: true });
  }

  #shortcut(e) {
    if (this.#get("shortcuts") === "off" || !isShortcut(e) || !this.#displayed) return;
    e.preventDefault();
    this.open();
  }

  #end() {
    if (this.dialog) return this.close();
    this.#set("");
    this.input.focus();
  }

  #left(e) {
    if (this.#inline && !this.shadowRoot.contains(e.relatedTarget)) this.#hide();
  }

  #hide() {
    if (this.dialog) holdPage(false);
    this.#wanted = false;
    this.#stop();
    this.choices.choose();
    this.#reveal();
  }

  // #given is the query that the page shows already.
  get #given() {
    return this.#inline ? this.addresses.given : "";
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

  // #press keeps the cursor in the input, and what is clicked in its place while an answer comes.
  #press(e) {
    e.preventDefault();
    this.#pressed = true;
    addEventListener("pointerup", () => setTimeout(() => {
      this.#pressed = false;
      const show = this.#held;
      this.#held = undefined;
      if (show) show();
    }), { once: true });
  }

  #held; // shows what came while the mouse was down

  // --- asking

  #typed(e) {
    if (this.#inline) this.end.hidden = !this.input.value;
    this.#wanted = true;
    clearTimeout(this.#timers.empty);
    const query = this.#query;
    const emptied = e && /Composition/.test(e.inputType) && !e.data; // of what was composed
    if (emptied || (e && !query && this.keys.unsettled)) {
      this.#timers.empty = setTimeout(() => this.#typed(), settling); // the next event may fill it again
      return;
    }
    if (!query) {
      this.#emptied();
      return;
    }
    this.#keyAt = performance.now();
    if (query === this.#asked) return this.#reveal();
    this.#asked = query;
    this.#ahead = 0;
    this.choices.choose();
    this.asker.soon(query, this.#fields);
  }

  #emptied() {
    this.#stop();
    this.#asked = "";
    this.#tags = [];
    this.#showStart();
    if (!this.#newest) this.#suggest();
  }

  // #suggest gets what an empty box offers, once.
  async #suggest() {
    this.#newest = { hits: [], tags: [] };
    const answer = await this.client.ask("", this.#fields).catch(() => undefined);
    if (!answer) return (this.#newest = undefined);
    this.#newest = { hits: answer.result.hits, tags: answer.result.facets.tags };
    if (!this.#query && !this.#tags.length && this.#wanted) this.#showStart();
  }

  #ask() {
    if (this.#query || this.#tags.length) this.asker.now(this.#query, this.#fields);
  }

  // #answered shows an answer. When the chosen tags leave nothing of it, they belonged to another query and are dropped.
  #answered(answer, newest) {
    if (this.#pressed) return (this.#held = () => this.#answered(answer, newest));
    if (newest && this.#tags.length && !answer.result.total) {
      this.#tags = [];
      return this.#query ? this.#ask() : this.#emptied();
    }
    this.#show(answer);
    if (newest) this.#tell("chaja-search", { query: answer.query, total: answer.result.total, time: answer.time });
    if (newest && this.#ahead) this.choices.move(this.#ahead);
    if (newest) this.#ahead = 0;
  }

  // #stop no longer waits for an answer. The same query is asked again when it is needed.
  #stop() {
    if (this.asker.waiting) this.#asked = "";
    this.asker.stop();
    Object.values(this.#timers).forEach(clearTimeout);
    this.#ahead = 0;
    this.#held = undefined;
  }

  #toggle(tag) {
    this.#tags = this.#tags.includes(tag) ? this.#tags.filter((t) => t !== tag) : [...this.#tags, tag];
    this.asker.stop(); // what is on its way was asked with other tags
    if (this.#query || this.#tags.length) this.#ask();
    else this.#emptied();
    this.input.focus();
  }

  #searchFor(query) {
    if (this.keys.composing) this.input.blur(); // ends the composition, which a new value would break
    this.#set(query);
    this.input.focus();
    if (this.#remembers) memory.searches.add(query);
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
    this.choices.read();
  }

  get #isOpen() {
    return this.below.classList.contains("open");
  }

  // #reveal shows what stands below the input, if there is something and the person is here and wants it.
  #reveal() {
    const filled = this.below.matches(".late") || this.below.querySelector(":scope > :not(.status, :empty)");
    const here = this.dialog ? this.dialog.open : this.matches(":focus-within");
    const open = this.#wanted && here && Boolean(filled);
    const { left, right } = this.getBoundingClientRect();
    this.below.classList.toggle("leftward", left + right > innerWidth); // it may be wider than the box
    if (!this.dialog && open !== this.#isOpen) this.#tell(open ? "chaja-open" : "chaja-close");
    this.below.classList.toggle("open", open);
    this.input.setAttribute("aria-expanded", String(open && this.choices.size > 0));
  }

  #show({ query, result, suggestions }) {
    const view = this.view;
    const none = !result.total && !suggestions.length;
    const nothing = fill(this.t.none, { query });
    const filters = this.#fields.length > 0 && query;
    this.#fill({
      chips: view.chips(result.facets.tags, this.#tags),
      notice: none ? view.state(nothing, result.notice || this.t.noneHint, ...(filters ? [[this.t.unfiltered, () => this.#leave(this.addresses.page(query, []))]] : [])) : view.meant(result),
      list: [...view.suggestions(suggestions, { query, hits: result.hits }), ...view.hits(result)],
      foot: result.total ? [...view.all({ query, total: result.total }), view.keys()] : [],
    });
    this.#say(result.total ? view.count(result) : nothing);
  }

  #showStart() {
    const lists = { starred: [], searches: [], opened: [] };
    if (this.#remembers) for (const name in lists) lists[name] = memory[name].list();
    const { hits, tags } = this.#newest || { hits: [], tags: [] };
    const clear = () => (memory.searches.clear(), memory.opened.clear(), this.#showStart());
    const forget = lists.searches.length + lists.opened.length > 0 && h("button", { type: "button", class: "link", click: clear }, this.t.forget);
    const list = this.view.start(lists, hits);
    this.#fill({ chips: this.view.chips(tags, []), list, foot: list.length ? [forget, this.view.keys()].filter(Boolean) : [] });
    this.#say("");
  }

  // #showFailure says what the server said, or what may be wrong.
  #showFailure({ kind, message }) {
    const offline = !navigator.onLine;
    const title = offline ? this.t.offline : message || this.t.troubles[kind] || this.t.troubles.failed;
    const notice = this.view.state(title, offline && this.t.offlineHint, [this.t.retry, () => this.#ask()]);
    this.#fill({ failed: true, chips: this.view.chips([], this.#tags), notice });
    this.#say(title);
  }

  // #say tells a screen reader what there is, once typing rests. What is late is told, and seen, at once.
  #say(text, late = false) {
    clearTimeout(this.#timers.say);
    this.below.classList.toggle("late", late);
    const say = () => (this.status.textContent = text);
    if (late || !text) say();
    else this.#timers.say = setTimeout(say, Math.max(0, this.#keyAt + rest - performance.now()));
    this.#reveal();
  }

  // --- choosing

  #key(e) {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      const steps = e.key === "ArrowDown" ? 1 : -1;
      if (this.#query && this.asker.waiting) this.#ahead += steps; // through the answer that is to come
      else if (this.#isOpen) this.choices.move(steps);
      else this.#typed();
    } else if (e.key === "Escape" && (this.dialog || this.#isOpen)) {
      e.preventDefault(); // browsers would clear the input
      this.close();
    }
  }

  // #enter opens what is chosen, else the page with all results; with Ctrl or Cmd in a new tab.
  #enter(e) {
    const elsewhere = Boolean(e && (e.ctrlKey || e.metaKey));
    const { active } = this.choices;
    if (active && !elsewhere) return active.click();
    if (active) return this.#select(active) && open(active.href, "_blank", "noopener");
    const query = this.#query;
    if (!query) return undefined;
    if (this.#remembers) memory.searches.add(query);
    const url = this.#searchURL(query);
    const ours = this.#tell("chaja-submit", { query, url });
    if (ours && elsewhere) return open(url, "_blank", "noopener");
    return this.#leave(ours && url);
  }

  // #clicked is told of every click below the input, by any button.
  #clicked(e) {
    const link = e.target.closest("a");
    if (!link || !link.item || e.button === 2) return;
    const elsewhere = e.ctrlKey || e.metaKey || e.shiftKey || e.button === 1;
    if (!elsewhere && link.item.query !== undefined) {
      e.preventDefault();
      this.#select(link);
      return this.#searchFor(link.item.query);
    }
    if (!this.#select(link)) e.preventDefault();
    if (!elsewhere) this.#leave();
  }

  // #select keeps what was chosen in mind and tells the page, which may open it by itself. It returns false then.
  #select(link) {
    const { what, title, url } = link.item;
    if (this.#remembers) {
      if (this.#query) memory.searches.add(this.#query);
      if (url) memory.opened.add({ url, title });
    }
    return this.#tell("chaja-select", { what, query: this.#query, url: link.href, position: this.choices.position(link) });
  }

  // #leave clears the way for the page that opens.
  #leave(url) {
    this.close();
    if (url) location.assign(url);
  }

  // #tell sends an event to the page. It returns false when the page does what the box would have done.
  #tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable: true, detail }));
  }

  // #fields are those of the form beside the query, and the tags.
  get #fields() {
    return [...this.addresses.fields, ...this.#tags.map((tag) => ["tag", tag])];
  }

  #searchURL(query) {
    return this.addresses.page(query, this.#fields);
  }
}

// Browsers before 2022 keep the form that is inside, or get one.
const able = CSS.supports("selector(:has(*))") && "adoptedStyleSheets" in document && "checkVisibility" in Element.prototype;
if (!able) addEventListener("load", plainForms);
else if (!customElements.get("chaja-search")) customElements.define("chaja-search", ChajaSearch);
