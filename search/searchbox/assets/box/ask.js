const pause = 70; // milliseconds between two keys of somebody who types fast and does not read in between
const longest = 250; // milliseconds after which even they get an answer
const slow = 1200; // milliseconds until an answer takes its time

// Asker decides when to ask and which answers to show. answered(answer, newest) gets { query, result, suggestions, time }:
// newest is false for the answer to what was typed a moment ago, which is better than none. Answers never come out of
// order: none that is older than one that was shown. failed(cause) is called for the newest question only, and late()
// when nothing has come for a while.
export class Asker {
  #client;
  #then;
  #last = 0; // number of the newest question
  #shown = 0; // number of the one whose answer is shown
  #scheduled = false; // a question is to be asked
  #keyAt = -Infinity; // when it was changed
  #askedAt = -Infinity;
  #ask;
  #late;

  constructor(client, then) {
    this.#client = client;
    this.#then = then;
  }

  // waiting reports whether the answer to the newest question is to come.
  get waiting() {
    return this.#scheduled || this.#shown < this.#last;
  }

  // soon asks at once after a rest, before the browser paints the key, else when the person makes a pause.
  soon(query, fields) {
    const now = performance.now();
    const rested = now - this.#keyAt > pause;
    this.#keyAt = now;
    if (rested) return this.now(query, fields);
    this.#scheduled = true;
    clearTimeout(this.#ask);
    const wait = Math.max(0, Math.min(pause, this.#askedAt + longest - now));
    return (this.#ask = setTimeout(() => this.now(query, fields), wait));
  }

  async now(query, fields) {
    clearTimeout(this.#ask);
    this.#scheduled = false;
    const turn = ++this.#last;
    const start = (this.#askedAt = performance.now());
    this.#late ??= setTimeout(() => this.#then.late(), slow);
    const answer = await this.#client.ask(query, fields).catch((error) => ({ failure: error.cause || { kind: "failed" } }));
    const newest = turn === this.#last;
    if (!answer || turn <= this.#shown || (answer.failure && !newest)) return;
    this.#shown = turn;
    this.#settle();
    if (!newest) this.#late = setTimeout(() => this.#then.late(), slow);
    if (answer.failure) this.#then.failed(answer.failure);
    else this.#then.answered({ query, time: Math.round(performance.now() - start), ...answer }, newest && !this.#scheduled);
  }

  // stop waits for nothing any more.
  stop() {
    this.#client.cancel();
    clearTimeout(this.#ask);
    this.#settle();
    this.#scheduled = false;
    this.#shown = ++this.#last;
  }

  #settle() {
    clearTimeout(this.#late);
    this.#late = undefined;
  }
}
