// Memory keeps a short list in this browser and nowhere else. A browser may forbid that; then there is none. id(item)
// tells items apart; what is undefined is no item of the list.
class Memory {
  #key;
  #size;
  #id;

  constructor(key, size, id) {
    this.#key = key;
    this.#size = size;
    this.#id = id;
  }

  list() {
    try {
      const list = JSON.parse(localStorage.getItem(this.#key));
      return Array.isArray(list) ? list.filter((item) => this.#id(item)).slice(0, this.#size) : [];
    } catch {
      return [];
    }
  }

  has(item) {
    return this.list().some((other) => this.#id(other) === this.#id(item));
  }

  // add puts an item first.
  add(item) {
    this.#store(this.#id(item) ? [item, ...this.#without(item)] : this.list());
  }

  // toggle puts an item first that is not there, and lets go one that is.
  toggle(item) {
    if (this.has(item)) this.#store(this.#without(item));
    else this.add(item);
  }

  clear() {
    this.#store([]);
  }

  #without(item) {
    return this.list().filter((other) => this.#id(other) !== this.#id(item));
  }

  #store(list) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(list.slice(0, this.#size)));
    } catch {
      // nothing is kept
    }
  }
}

const text = (item) => (typeof item === "string" && item) || undefined;
const address = (item) => (item && text(item.title) && text(item.url)) || undefined;

// memory is what the reader searched for, opened and starred; of posts and sections url and title count.
export const memory = {
  searches: new Memory("chaja-recent", 5, text),
  opened: new Memory("chaja-opened", 5, address),
  starred: new Memory("chaja-starred", 20, address),
};
