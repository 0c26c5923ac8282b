import { fill } from "./texts.js";

const rest = 500; // milliseconds without a key until a screen reader is told what was found

// Pane is what stands below the input: it shows answers, a start and failures, which view makes, in the parts of makePanel,
// and tells a screen reader of them.
export class Pane {
  failed = false; // it shows a failure
  pressed = false; // the mouse is down: what is there stays until it is up
  held; // shows what came meanwhile
  #timer;

  constructor(t, view, choices, parts) {
    Object.assign(this, { t, view, choices, parts });
  }

  get isOpen() {
    return this.parts.below.classList.contains("open");
  }

  // fill replaces what is there by chips, notice, list and foot, where they are given.
  fill(fields) {
    const { input, below } = this.parts;
    if (below.contains(below.getRootNode().activeElement)) input.focus(); // its element goes
    for (const name of ["chips", "notice", "list", "foot"]) this.parts[name].replaceChildren(...(fields[name] || []));
    this.failed = Boolean(fields.failed);
    this.choices.read();
  }

  // answer shows what was found. unfiltered() searches without filters; it is undefined where there are none. keyAt is when
  // the query was typed.
  answer({ query, result, suggestions }, tags, unfiltered, keyAt) {
    const { t, view } = this;
    const nothing = fill(t.none, { query });
    const none = !result.total && !suggestions.length;
    this.fill({
      chips: view.chips(result.facets.tags, tags),
      notice: none ? view.state(nothing, result.notice || t.noneHint, unfiltered && [t.unfiltered, unfiltered]) : view.meant(result),
      list: [...view.suggestions(suggestions, { query, hits: result.hits }), ...view.hits(result)],
      foot: result.total ? [...view.all({ query, total: result.total }), view.keys()] : [],
    });
    this.say(result.total ? view.count(result) : nothing, false, keyAt + rest - performance.now());
  }

  // start shows what an empty input offers: the lists of the memory, the newest posts and frequent tags. forget() empties
  // the memory.
  start(lists, { hits, tags }, forget) {
    const { view } = this;
    const list = view.start(lists, hits);
    const kept = lists.searches.length + lists.opened.length;
    this.fill({ chips: view.chips(tags, []), list, foot: list.length ? [...(kept ? [view.button(this.t.forget, forget)] : []), view.keys()] : [] });
    this.say("");
  }

  // failure says what the server said, or what may be wrong. retry() asks again.
  failure({ kind, message }, tags, retry) {
    const { t, view } = this;
    const offline = !navigator.onLine;
    const title = offline ? t.offline : message || t.troubles[kind] || t.troubles.failed;
    this.fill({ failed: true, chips: view.chips([], tags), notice: view.state(title, offline && t.offlineHint, [t.retry, retry]) });
    this.say(title);
  }

  // say tells a screen reader what there is, after some milliseconds. What is late is told, and seen, at once.
  say(text, late = false, wait = 0) {
    const { below, status } = this.parts;
    clearTimeout(this.#timer);
    below.classList.toggle("late", late);
    if (late || !text) status.textContent = text;
    else this.#timer = setTimeout(() => (status.textContent = text), wait);
  }

  // hush says and shows no more what it was about to.
  hush() {
    clearTimeout(this.#timer);
    this.held = undefined;
  }

  // press keeps the cursor in the input, and what is clicked in its place while an answer comes.
  press(e) {
    e.preventDefault();
    this.pressed = true;
    addEventListener("pointerup", () => setTimeout(() => {
      this.pressed = false;
      const show = this.held;
      this.held = undefined;
      if (show) show();
    }), { once: true });
  }

  // reveal shows what is there to somebody who wants it, or hides it. It returns whether that changed.
  reveal(wanted, box) {
    const { below, input } = this.parts;
    const before = this.isOpen;
    const open = wanted && Boolean(below.matches(".late") || below.querySelector(":scope > :not(.status, :empty)"));
    const { left, right } = box.getBoundingClientRect();
    below.classList.toggle("leftward", left + right > innerWidth); // it may be wider than the box
    below.classList.toggle("open", open);
    input.setAttribute("aria-expanded", String(open && this.choices.size > 0));
    return open !== before;
  }
}
