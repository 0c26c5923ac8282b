import { Addresses } from "./addresses.js";
import { Asker } from "./ask.js";
import { Choices } from "./choices.js";
import { Client } from "./client.js";
import { holdPage } from "./dom.js";
import { able, plainForms, serverOf } from "./forms.js";
import { highlightPage } from "./highlight.js";
import { Keys, isCommand, isShortcut } from "./keys.js";
import { memory } from "./memory.js";
import { Opener } from "./opener.js";
import { Pane } from "./pane.js";
import { makeDialog, makePanel, makeTrigger } from "./panel.js";
import { names, Settings } from "./settings.js";
import { Start } from "./start.js";
import { dress } from "./style.js";
import { textsFor } from "./texts.js";
import { View } from "./view.js";

const settling = 50; // milliseconds in which an input method fills in again what it emptied, or begins the next syllable

let boxes = 0;

// ChajaSearch is the element chaja-search, the search box. A form in it serves people without scripts; the action of the
// form is the search page.
class ChajaSearch extends HTMLElement {
  static observedAttributes = names.flatMap((name) => [name, `data-${name}`]);

  #settings = new Settings(this);
  #id = `chaja-${++boxes}`;
  #tags = [];
  #asked = ""; // the query that is shown or asked
  #ahead = 0; // how far the arrows went in an answer that is to come
  #wanted = false; // the person wants to see what stands below the input
  #keyAt = 0; // when the query changed last
  #settling; // a timer: what an input method empties
  #listening;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    if (!this.shadowRoot) this.#build();
    document.addEventListener("keydown", (e) => this.#shortcut(e), { signal });
    addEventListener("online", () => this.pane.failed && this.#ask(), { signal });
    addEventListener("pageshow", (e) => e.persisted && this.#settings.inline && this.addresses.given && this.#restore(), { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dress(this), { signal });
    if (this.#settings.highlight) highlightPage(getComputedStyle(this));
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

  get #query() {
    return this.input.value.trim().normalize();
  }

  // --- making

  #build() {
    const t = (this.t = textsFor(this.#settings.lang));
    this.client = new Client(serverOf(this.#settings.get("server")), t.lang);
    this.addresses = new Addresses({ get: (name) => this.#settings.get(name), form: () => this.querySelector("form"), server: this.client.server });
    this.asker = new Asker(this.client, {
      answered: (answer, newest) => this.#answered(answer, newest),
      failed: (cause) => (this.pane.failure(cause, this.#tags, () => this.#ask()), this.#reveal()),
      late: () => (this.pane.say(t.slow, true), this.#reveal()),
    });
    this.view = new View(t, {
      link: (url, change) => this.addresses.post(url, change),
      search: (query) => this.#searchFor(query),
      filter: (tag) => this.#toggle(tag),
      searchURL: (query) => this.#searchURL(query),
      starred: () => this.#query || this.#showStart(),
      stars: this.#settings.remembers && memory.starred,
      highlight: this.#settings.highlight,
    });
    const root = this.shadowRoot || this.attachShadow({ mode: "open" });
    root.replaceChildren(...(this.#settings.inline ? this.#panel() : this.#dialog()));
    dress(this);
    this.keys = new Keys(this.input, { key: (e) => this.#key(e), enter: (e) => this.opener.enter(e) });
    if (this.#settings.inline) this.#restore();
  }

  #panel() {
    const made = { id: this.#id, inline: this.#settings.inline, placeholder: this.#settings.get("placeholder") };
    const parts = makePanel(this.t, made, {
      typed: (e) => this.#typed(e), press: (e) => this.pane.press(e), clicked: (e) => this.opener.clicked(e),
      end: () => (this.dialog ? this.close() : (this.#set(""), this.input.focus())),
      left: (e) => this.#settings.inline && !this.shadowRoot.contains(e.relatedTarget) && this.#hide(),
    });
    Object.assign(this, parts);
    this.choices = new Choices(this.input, this.list);
    this.pane = new Pane(this.t, this.view, this.choices, parts);
    this.start = new Start(this.client, this.pane, this.#settings.remembers);
    this.opener = new Opener(this.choices, {
      query: () => this.#query, remembers: () => this.#settings.remembers, tell: (...event) => this.#tell(...event), searchURL: (query) => this.#searchURL(query),
      searchFor: (query) => this.#searchFor(query), leave: (url) => this.#leave(url), opened: () => this.#settings.highlight && highlightPage(getComputedStyle(this), 100),
    });
    return [parts.field, parts.below];
  }

  #dialog() {
    this.dialog = makeDialog(this.t, {
      cancel: (e) => (this.keys.composing ? e.preventDefault() : this.input.blur()), // blur: as in close
      closed: () => this.dialog && !this.dialog.open && (this.#hide(), this.#tell("chaja-close")),
      beside: () => this.close(),
    }, ...this.#panel());
    return [makeTrigger(this.t, this.#settings.shortcuts, () => this.open()), this.dialog];
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
    this.shadowRoot.querySelector(this.#settings.inline ? "input" : ".trigger").focus(options);
  }

  get #displayed() {
    return this.checkVisibility({ visibilityProperty: true });
  }

  #shortcut(e) {
    if (!this.#settings.shortcuts || !isShortcut(e) || !this.#displayed) return;
    e.preventDefault();
    this.open();
  }

  #hide() {
    if (this.dialog) holdPage(false);
    this.#wanted = false;
    this.#stop();
    this.choices.choose();
    this.#reveal();
  }

  // #restore brings the box back to what the page shows.
  #restore() {
    this.#hide();
    this.pane.fill({});
    this.status.textContent = "";
    this.input.value = this.addresses.given;
    this.#asked = this.#query;
    this.#tags = [];
    this.end.hidden = !this.#asked;
  }

  // --- asking

  #typed(e) {
    if (this.#settings.inline) this.end.hidden = !this.input.value;
    this.#wanted = true;
    clearTimeout(this.#settling);
    const query = this.#query;
    const emptied = e && /Composition/.test(e.inputType) && !e.data; // of what was composed
    const composed = query && this.keys.composing;
    if (emptied || (e && this.keys.unsettled && !composed))
      return (this.#settling = setTimeout(() => this.#typed(), settling)); // the next event may fill it again, or go on
    if (!query) return this.#emptied();
    this.#keyAt = performance.now();
    if (query === this.#asked) return this.#reveal();
    this.#asked = query;
    this.#ahead = 0;
    this.choices.choose();
    this.pane.hush();
    this.asker.soon(query, this.#fields);
  }

  #emptied() {
    this.#stop();
    this.#asked = "";
    this.#tags = [];
    this.#showStart();
  }

  #ask() {
    if (this.#query || this.#tags.length) this.asker.now(this.#query, this.#fields);
  }

  // #answered shows an answer. When the chosen tags leave nothing of it, they belonged to another query and are dropped.
  #answered(answer, newest) {
    if (this.pane.pressed) return (this.pane.held = () => this.#answered(answer, newest));
    if (newest && this.#tags.length && !answer.result.total) {
      this.#tags = [];
      return this.#query ? this.#ask() : this.#emptied();
    }
    const { query } = answer;
    const unfiltered = query && this.#fields.length > 0 && (() => this.#leave(this.addresses.page(query, [])));
    this.pane.answer(answer, this.#tags, unfiltered, this.#keyAt);
    this.#reveal();
    if (newest) this.#tell("chaja-search", { query, total: answer.result.total, time: answer.time });
    if (newest && this.#ahead) this.choices.move(this.#ahead);
    if (newest) this.#ahead = 0;
  }

  // #stop no longer waits for an answer. The same query is asked again when it is needed.
  #stop() {
    if (this.asker.waiting) this.#asked = "";
    this.asker.stop();
    clearTimeout(this.#settling);
    this.pane.hush();
    this.#ahead = 0;
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
    if (this.#settings.remembers) memory.searches.add(query);
  }

  #set(query) {
    this.input.value = query;
    this.#typed();
  }

  // --- showing

  // #reveal shows what stands below the input, if the person is here and wants it.
  #reveal() {
    const here = this.dialog ? this.dialog.open : this.matches(":focus-within");
    const changed = this.pane.reveal(this.#wanted && here, this);
    if (changed && !this.dialog) this.#tell(this.pane.isOpen ? "chaja-open" : "chaja-close");
  }

  #showStart() {
    this.start.show(this.#fields, () => !this.#query && !this.#tags.length && this.#wanted && this.#showStart());
    this.#reveal();
  }

  // --- choosing

  #key(e) {
    const steps = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (steps) {
      e.preventDefault();
      if (this.#query && this.asker.waiting) this.#ahead += steps; // through the answer that is to come
      else if (this.pane.isOpen) this.choices.move(steps);
      else this.#typed();
    } else if (isCommand(e, "D") && this.choices.active) {
      e.preventDefault(); // browsers would keep the page
      this.choices.active.querySelector(".star[title]")?.click();
    } else if (e.key === "Escape" && (this.dialog || this.pane.isOpen)) {
      e.preventDefault(); // browsers would clear the input
      this.close();
    }
  }

  // #leave clears the way for the page that opens.
  #leave(url) {
    this.close();
    if (url) location.assign(url);
  }

  // #tell sends an event to the page. It returns false when the page does what the box would have done.
  #tell(name, detail, cancelable = true) {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }));
  }

  // #fields are those of the form beside the query, and the tags.
  get #fields() {
    return [...this.addresses.fields, ...this.#tags.map((tag) => ["tag", tag])];
  }

  #searchURL(query) {
    return this.addresses.page(query, this.#fields);
  }
}

if (!able) addEventListener("load", plainForms);
else if (!customElements.get("chaja-search")) customElements.define("chaja-search", ChajaSearch);
