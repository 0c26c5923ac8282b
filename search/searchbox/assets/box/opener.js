import { memory } from "./memory.js";

// Opener opens what is chosen, and tells the page of it, which may open it by itself. box is what it needs to know: query,
// remembers and composing as functions; and what it makes happen: tell(event, detail, cancelable), searchURL(query),
// searchFor(query), leave(url) and opened().
export class Opener {
  constructor(choices, box) {
    Object.assign(this, { choices, box });
  }

  // enter opens what is chosen, else the page with all results; with Ctrl or Cmd in a new tab.
  enter(e) {
    const elsewhere = e && (e.ctrlKey || e.metaKey);
    const { active } = this.choices;
    if (active && !elsewhere) return active.click();
    if (active) return this.#select(active, false) && open(active.href, "_blank", "noopener");
    const query = this.box.query();
    if (!query) return undefined;
    this.#remember("searches", query);
    const url = this.box.searchURL(query);
    const ours = this.box.tell("chaja-submit", { query, url });
    if (ours && elsewhere) return open(url, "_blank", "noopener");
    return this.box.leave(ours && url);
  }

  // clicked is told of every click below the input, by any button.
  clicked(e) {
    const link = e.target.closest("a");
    if (!link || !link.item || e.button === 2) return;
    const elsewhere = e.ctrlKey || e.metaKey || e.shiftKey || e.button === 1;
    const again = !elsewhere && link.item.query;
    if (!this.#select(link, !elsewhere && !again) || again) e.preventDefault();
    if (again) this.box.searchFor(again);
    else if (!elsewhere) {
      this.box.leave();
      this.box.opened();
    }
  }

  // #select keeps what was chosen in mind and tells the page. It returns false when the page opens it by itself.
  #select(link, cancelable) {
    const { what, url } = link.item;
    const query = this.box.query();
    if (query) this.#remember("searches", query);
    if (url) this.#remember("opened", link.item);
    return this.box.tell("chaja-select", { what, query, url: link.href, position: this.choices.position(link) }, cancelable);
  }

  #remember(list, item) {
    if (this.box.remembers()) memory[list].add(item);
  }
}
