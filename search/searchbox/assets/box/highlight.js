// The words to mark are in the address of the page that a result leads to: /post/?highlight=word#section. That works from
// everywhere and in new tabs, and needs no storage.
const parameter = "highlight";
const maxWords = 8;
const maxMarks = 500;

// addHighlight puts the words into the address of a result.
export function addHighlight(url, words) {
  for (const word of words.slice(0, maxWords)) url.searchParams.append(parameter, word);
}

// highlightPage marks the words of the page's address in the section that it names, or in the whole post, and cleans the
// address. It changes no element of the page: where the browser cannot mark ranges, nothing is marked. style is that of
// the box, for a colour that only the box has. A page that opens a result without loading changes its address in a while:
// looks says how often to look for words, ten times a second. Where there are some, they are marked for two seconds, as
// such a page may show the post later, or anew.
export function highlightPage(style, looks = 1) {
  let words = [];
  const look = () => {
    const taken = takeWords();
    if (taken.length) [words, looks] = [taken, 20];
    if (words.length) highlight(words, style);
    if (--looks > 0) setTimeout(look, 100);
  };
  look();
}

// takeWords returns the words of the address, and takes them out of it.
function takeWords() {
  const url = new URL(location.href);
  const words = url.searchParams.getAll(parameter).map(fold).filter((w) => w.trim()).slice(0, maxWords);
  if (words.length) {
    url.searchParams.delete(parameter);
    history.replaceState(history.state, "", url);
  }
  return words;
}

let markStyle; // the style of what is marked

function highlight(words, style) {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const ranges = [];
  for (const node of sectionTexts()) {
    const text = fold(node.data);
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0 && ranges.length < maxMarks; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("chaja", new Highlight(...ranges));
  if (markStyle) return;
  markStyle = new CSSStyleSheet();
  const color = `var(--chaja-mark,${style.getPropertyValue("--chaja-mark") || "#ffe08a"})`;
  // Black on a light colour, white on a dark one: the text's own colour may be either.
  markStyle.replaceSync(`::highlight(chaja){background-color:${color};color:oklch(from ${color} clamp(0,(.65 - l)*999,1) 0 0)}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, markStyle];
}

// fold makes texts comparable without moving a character. So a text whose lower case has another length is left as it is.
function fold(text) {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

const headings = "h1,h2,h3,h4,h5,h6";

// sectionTexts yields the text nodes from the heading that the address names up to the next heading. Without such a
// heading it yields those of the whole post.
function* sectionTexts() {
  const target = document.getElementById(anchor());
  const heading = target && (target.closest(headings) || target.querySelector(headings) || target);
  const root = document.querySelector("main") || document.querySelector("article") || document.body;
  const walker = document.createTreeWalker(heading && !root.contains(heading) ? document.body : root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (heading && !heading.contains(node)) {
      if (heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) continue;
      const other = node.parentElement.closest(headings);
      if (other && other !== heading) return;
    }
    if (!node.parentElement.closest("script,style,noscript,textarea")) yield node;
  }
}

function anchor() {
  const hash = location.hash.slice(1);
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash; // not percent-encoded
  }
}
