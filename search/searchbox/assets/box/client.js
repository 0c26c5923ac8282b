const patience = 10000; // milliseconds until a request is given up
const together = 2; // questions that are on their way

// What a status of HTTP means for a reader, where the answer is not that of chaja but of what stands before it.
const meanings = { 429: "often", 502: "failed", 503: "busy", 504: "failed" };

// Client asks a chaja server.
export class Client {
  #flying = []; // the questions on their way, the oldest first
  #told = false; // the console knows that the server forbids this page

  constructor(server, lang) {
    Object.assign(this, { server, lang });
  }

  // ask returns { result, suggestions } for what has been typed so far. fields narrow the search; there are no
  // suggestions then, nor for an empty query, whose answer is the newest posts. It returns undefined for a question that
  // was given up. That is the last but one when there are too many: the oldest is answered first, so that who goes on
  // typing sees something however far the server is, and the newest is what is wanted.
  //
  // It throws an error whose cause is { kind, message }. The kind is a key of the texts of the box; the message is what
  // the server says, if it says something.
  async ask(query, fields) {
    const abort = new AbortController();
    while (this.#flying.length >= together) this.#flying.pop().abort();
    this.#flying.push(abort);
    const timer = setTimeout(() => abort.abort("timeout"), patience);
    try {
      const filters = fields.filter(([name]) => /^(tag|category|lang|after|before)$/.test(name));
      const search = [["q", query], query ? ["prefix", 1] : ["sort", "newest"], ["per_page", 8], ...filters];
      const [result, suggest] = await Promise.all([
        this.#get("search", search, abort.signal),
        query && !filters.length && this.#get("suggest", [["q", query], ["limit", 5]], abort.signal).catch(() => undefined),
      ]);
      if (abort.signal.aborted) return undefined;
      return { result, suggestions: (suggest && suggest.suggestions) || [] };
    } catch (error) {
      if (abort.signal.aborted && abort.signal.reason !== "timeout") return undefined;
      throw error;
    } finally {
      clearTimeout(timer);
      this.#flying = this.#flying.filter((other) => other !== abort);
    }
  }

  cancel() {
    this.#flying.splice(0).forEach((abort) => abort.abort());
  }

  async #get(path, params, signal) {
    const url = new URL(`api/v1/${path}?${new URLSearchParams(params)}`, this.server);
    let response;
    try {
      response = await fetch(url, { signal, credentials: "omit", headers: { "Accept-Language": this.lang } });
    } catch (error) {
      if (!signal.aborted) await this.#explain();
      throw error;
    }
    const answer = (await response.json().catch(() => undefined)) || {};
    signal.throwIfAborted(); // else half an answer would be taken for a foreign one
    if (response.ok && Array.isArray(answer.hits || answer.suggestions)) return answer;
    const message = answer.error && answer.error.message;
    const kind = meanings[response.status] || (message ? "failed" : "foreign");
    if (kind === "foreign") console.error(`chaja: ${url} answers ${response.status}, not as chaja does. Is "server" right?`);
    throw new Error(`search answers ${response.status}`, { cause: { kind, message } });
  }

  // #explain tells the console when the server is there and this page may not read its answers, which fetch does not say.
  async #explain() {
    if (this.#told || this.server.origin === location.origin) return;
    const there = await fetch(this.server, { mode: "no-cors", credentials: "omit" }).then(() => true, () => false);
    if (!there || this.#told) return;
    this.#told = true;
    console.error(`chaja: ${this.server.origin} does not let pages of ${location.origin} read its answers. Start it with --cors-origin ${location.origin}`);
  }
}
