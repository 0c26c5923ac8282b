const isEnter = (e) => e.key === "Enter" || e.code === "Enter" || e.code === "NumpadEnter";
const isHangul = (text) => /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]\s*$/.test(text);

// Keys hears the keyboard of an input and leaves to the input method what is its own: every key while text is composed.
//
// enter() is called once for each Enter that a person means for the page. In Korean that includes the Enter that ends a
// composition, as no syllable needs to be confirmed; in Japanese and Chinese it confirms a choice and is not meant. Which
// of the two it was shows in what was composed. Browsers tell of that Enter in these orders, and all end in one call:
//
//   Chrome, macOS       keydown 229 composing, compositionend, keydown 13, keyup
//   Chrome, Windows     keydown 229 composing, compositionend, keyup
//   Firefox             keydown 229 composing, compositionend, (keydown 13,) keyup
//   Safari              compositionend, keydown 229 not composing, (keydown 13,) keyup
//   Chrome, Android     compositionend, keydown 13, keyup
//
// key(event) is called for all other keys outside a composition.
export class Keys {
  composing = false;
  #waiting = false; // an Enter went to the input method: is there one for us?
  #released = false; // its key is up, but the composition goes on
  #hangul = false; // what the last composition gave

  constructor(input, { key, enter }) {
    input.addEventListener("compositionstart", () => {
      this.composing = true;
      this.#hangul = false;
    });
    input.addEventListener("compositionend", (e) => {
      this.composing = false;
      this.#hangul = isHangul(e.data || "");
      if (this.#released) this.#settle(enter);
    });
    input.addEventListener("keydown", (e) => {
      if (e.isComposing || e.keyCode === 229 || this.composing) {
        if (e.key === "Escape") e.preventDefault(); // or it would close the dialog, too
        if (isEnter(e)) [this.#waiting, this.#released] = [true, false];
        return;
      }
      this.#forget();
      if (!isEnter(e)) return key(e);
      e.preventDefault(); // no second submission by the form
      if (!e.repeat) enter();
    });
    input.addEventListener("keyup", (e) => {
      if (!this.#waiting || !isEnter(e)) return;
      this.#released = true;
      if (!this.composing) this.#settle(enter);
    });
    input.addEventListener("blur", () => this.#forget());
  }

  #settle(enter) {
    const meant = this.#hangul;
    this.#forget();
    if (meant) enter();
  }

  #forget() {
    this.#waiting = this.#released = false;
  }
}

// isShortcut reports whether a key opens the search: "/" where nothing is being written, or Ctrl-K and Cmd-K anywhere.
// Letters alone never do: they would swallow the first consonant of what is being typed. With a Korean keyboard the key
// K gives ㅏ.
export function isShortcut(e) {
  if (e.isComposing || e.keyCode === 229 || e.defaultPrevented || e.altKey || e.shiftKey) return false;
  if (e.ctrlKey || e.metaKey) return e.key.toLowerCase() === "k" || e.key === "ㅏ";
  return e.key === "/" && !e.composedPath().some((el) => el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));
}
