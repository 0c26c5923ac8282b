// names are those of the attributes; each may be written with data- before it, too.
export const names = ["inline", "highlight", "lang", "theme", "placeholder", "recent", "shortcuts", "server", "site"];

// Settings are what the attributes of a box say now.
export class Settings {
  #box;

  constructor(box) {
    this.#box = box;
  }

  get(name) {
    return this.#box.getAttribute(name) ?? this.#box.getAttribute(`data-${name}`);
  }

  has(name) {
    return this.get(name) !== null;
  }

  get inline() {
    return this.has("inline");
  }

  get highlight() {
    return this.has("highlight");
  }

  get remembers() {
    return this.get("recent") !== "off";
  }

  get shortcuts() {
    return this.get("shortcuts") !== "off";
  }

  get lang() {
    return this.get("lang") || (this.#box.closest("[lang]") || document.documentElement).lang || navigator.language;
  }
}
