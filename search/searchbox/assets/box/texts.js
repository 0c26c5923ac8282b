import languages from "./languages.json"; // of the message catalog, by language tag

// textsFor returns the texts for a language tag such as ko-KR: those of the tag, else of the tag without its last parts,
// else the English ones.
export function textsFor(lang) {
  let tag = String(lang).toLowerCase();
  while (tag && !languages[tag]) tag = tag.replace(/-?[^-]*$/, "");
  return languages[tag] || languages.en;
}

// fill fills the placeholders of a text in.
export function fill(text, values) {
  return text.replace(/{(\w+)}/g, (_, name) => values[name]);
}

// counted returns the text about n things, by the plural category of n.
export function counted(t, forms, n) {
  t.plural ??= new Intl.PluralRules(t.lang); // takes milliseconds
  return fill(forms[t.plural.select(n)] || forms.other, { n });
}
