// Choices are the options of a listbox, which an input stands for. The input is one of the places, before the first.
export class Choices {
  #options = [];
  #active;

  constructor(input, list) {
    this.input = input;
    this.list = list;
  }

  get active() {
    return this.#active;
  }

  get size() {
    return this.#options.length;
  }

  // position is the place of an option in the list, from 1.
  position(option) {
    return this.#options.indexOf(option) + 1;
  }

  // read takes the options that stand in the list now.
  read() {
    this.choose();
    this.#options = [...this.list.querySelectorAll("[role=option]")];
    this.#options.forEach((option, i) => (option.id = `${this.list.id}-${i}`));
    this.list.scrollTop = 0;
  }

  move(steps) {
    const n = this.#options.length + 1;
    const to = (this.position(this.#active) + steps) % n;
    this.choose(this.#options[((to + n) % n) - 1]);
  }

  choose(option) {
    if (this.#active) this.#active.setAttribute("aria-selected", "false");
    this.#active = option;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }
}
