const isEnter = (e) => e.key === "Enter" || e.code === "Enter" || e.code === "NumpadEnter";
const isHangul = (text) => /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]\s*$/.test(text);

const tick = 40; // milliseconds in which a keydown follows the keyup that Chrome on macOS invents before it

// Keys hears the keyboard of an input and leaves to the input method what is its own: every key while text is composed.
//
// enter() is called once for each Enter that a person means for the page. In Korean that includes the Enter that ends a
// composition, as no syllable needs to be confirmed; in Japanese and Chinese it confirms a choice and is not meant. Which
// of the two it was shows in what was composed. Browsers tell of that Enter in these orders, and all end in one call:
//
//   Chrome, macOS       keydown 229 composing, compositionend, keyup, keydown 13, keyup
//   Chrome, Windows     keydown 229 composing, compositionend, keyup
//   Firefox             keydown 229 composing, compositionend, (keydown 13,) keyup
//   Safari              compositionend, keydown 229 not composing, (keydown 13 or submit,) keyup
//   Chrome, Android     compositionend, keydown 13, keyup
//
// So one Enter is pending. The first of these decides and forgets it: a keydown that is no longer the input method's, the
// form's submission, or, if what was composed is Hangul, a tick after its keyup.
//
// enter(event) gets the keydown where there is one. key(event) is called for all other keys outside a composition.
export class Keys {
  composing = false;
  #endedAt = -Infinity; // when the last composition ended
  #pending = false; // an Enter went to the input method: is there one for us?
  #released = false; // its key is up
  #hangul = false; // what the last composition gave
  #timer;

  constructor(input, { key, enter }) {
    const settle = () => {
      if (!this.#released || this.composing) return;
      this.#timer = setTimeout(() => this.#forget() && enter(), tick);
    };
    input.addEventListener("compositionstart", () => {
      this.composing = true;
      this.#hangul = false;
    });
    input.addEventListener("compositionend", (e) => {
      this.composing = false;
      this.#endedAt = performance.now();
      this.#hangul = isHangul(e.data || "");
      settle();
    });
    input.addEventListener("keydown", (e) => {
      if (e.isComposing || e.keyCode === 229 || this.composing) {
        if (e.key === "Escape") e.preventDefault(); // or it would close the dialog, too
        if (isEnter(e)) this.#forget(true);
        return;
      }
      const meant = this.#forget();
      if (!isEnter(e)) return key(e);
      e.preventDefault(); // no second submission by the form
      if (meant || !e.repeat) enter(e);
    });
    input.addEventListener("keyup", (e) => {
      if (!this.#pending || !isEnter(e)) return;
      this.#released = true;
      settle();
    });
    input.form.addEventListener("submit", (e) => {
      e.preventDefault();
      this.#forget();
      enter();
    });
    input.addEventListener("blur", () => this.#forget());
  }

  // unsettled reports whether the value of the input may be that of a moment only. An input method that commits a
  // syllable empties the field first: ibus tells of an input of "", the end of the composition, an input of the syllable
  // and the start of the next composition; WebKit deletes what was composed and inserts it anew.
  get unsettled() {
    return this.composing || performance.now() - this.#endedAt < tick;
  }

  // #forget ends the wait for an Enter, or begins one. It returns whether an Enter was pending that ended a Hangul
  // composition.
  #forget(pending = false) {
    const meant = this.#pending && this.#hangul;
    clearTimeout(this.#timer);
    this.#pending = pending;
    this.#released = false;
    return meant;
  }
}

const textless = /^(button|checkbox|color|file|image|radio|range|reset|submit)$/; // types of input

const takesText = (el) =>
  el.isContentEditable || /^(TEXTAREA|SELECT)$/.test(el.tagName) || (el.tagName === "INPUT" && !textless.test(el.type));

// hides reports whether an element has the focus though it cannot have it. Then something in its closed shadow root has
// the focus, and may take text.
const hides = (el) => el !== document.body && el !== document.documentElement && el.tabIndex < 0 && !el.hasAttribute("tabindex");

// isCommand reports whether a key is Ctrl or Cmd with a capital letter. Where the key gives a letter of another script, such as ㅏ,
// its place on the keyboard counts.
export const isCommand = (e, letter) =>
  (e.ctrlKey || e.metaKey) && !e.shiftKey && (e.key.toUpperCase() === letter || (e.code === "Key" + letter && e.key > "\x7f"));

// isShortcut reports whether a key opens the search: "/" where nothing is being written, or Ctrl-K and Cmd-K anywhere.
// Letters alone never do: they would swallow the first consonant of what is being typed. "/" may need
// Shift.
export function isShortcut(e) {
  if (!e.key || e.isComposing || e.keyCode === 229 || e.defaultPrevented || e.altKey) return false;
  if (e.ctrlKey || e.metaKey) return isCommand(e, "K");
  const path = e.composedPath();
  return e.key === "/" && !path.some(takesText) && !hides(path[0]);
}
