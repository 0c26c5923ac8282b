import { memory } from "./memory.js";

// Start is what an empty input offers: what the reader kept, searched for and opened, the newest posts and frequent tags.
// The server is asked once.
export class Start {
  #newest;

  constructor(client, pane, remembers) {
    Object.assign(this, { client, pane, remembers });
  }

  // show shows what there is, and changed() when there is more.
  show(fields, changed) {
    if (!this.#newest) this.#ask(fields, changed);
    const lists = { starred: [], searches: [], opened: [] };
    if (this.remembers) for (const name in lists) lists[name] = memory[name].list();
    const forget = () => {
      memory.searches.clear();
      memory.opened.clear();
      changed();
    };
    this.pane.start(lists, this.#newest, forget);
  }

  async #ask(fields, changed) {
    this.#newest = { hits: [], tags: [] };
    const answer = await this.client.ask("", fields).catch(() => undefined);
    this.#newest = answer && { hits: answer.result.hits, tags: answer.result.facets.tags };
    if (answer) changed();
  }
}
