const patience = 10000; // milliseconds until a request is given up

// Client asks a chaja server. Each new question cancels the one before it: its answer would come too late.
export class Client {
  #abort;

  constructor(server, lang) {
    Object.assign(this, { server, lang });
  }

  // ask returns { result, suggestions } for what has been typed so far. fields narrow the search; there are no
  // suggestions then. It returns undefined when a later question has taken its place. It throws when the server cannot be
  // reached or fails; the cause of the error is what the server says about it.
  async ask(query, fields) {
    this.cancel();
    const abort = (this.#abort = new AbortController());
    const timer = setTimeout(() => abort.abort("timeout"), patience);
    try {
      const filters = fields.filter(([name]) => /^(tag|category|lang|after|before)$/.test(name));
      const search = [["q", query], ["prefix", 1], ["per_page", 6], ...filters];
      const [result, suggest] = await Promise.all([
        this.#get("search", search, abort.signal),
        !filters.length && this.#get("suggest", [["q", query], ["limit", 5]], abort.signal).catch(() => undefined),
      ]);
      return abort.signal.aborted ? undefined : { result, suggestions: (suggest && suggest.suggestions) || [] };
    } catch (error) {
      if (abort.signal.aborted && abort.signal.reason !== "timeout") return undefined;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  cancel() {
    if (this.#abort) this.#abort.abort();
  }

  async #get(path, params, signal) {
    const url = new URL(`api/v1/${path}?${new URLSearchParams(params)}`, this.server);
    const response = await fetch(url, { signal, credentials: "omit", headers: { "Accept-Language": this.lang } });
    if (response.ok) return response.json();
    const { error } = await response.json().catch(() => ({}));
    throw new Error(`search answers ${response.status}`, { cause: error && error.message });
  }
}

const storageKey = "chaja-recent";
const storageSize = 6;

function store(list) {
  try {
    localStorage.setItem(storageKey, JSON.stringify(list));
  } catch {
    // nothing is kept
  }
}

// recent keeps the last searches in this browser. A browser may forbid that; then there are none.
export const recent = {
  list() {
    try {
      const list = JSON.parse(localStorage.getItem(storageKey));
      return Array.isArray(list) ? list.filter((q) => typeof q === "string").slice(0, storageSize) : [];
    } catch {
      return [];
    }
  },
  add(query) {
    if (query) store([query, ...this.list().filter((q) => q !== query)].slice(0, storageSize));
  },
  clear() {
    store([]);
  },
};
