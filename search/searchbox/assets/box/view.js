import { h, marked, markedWords } from "./dom.js";
import { addHighlight } from "./highlight.js";
import { counted, fill } from "./texts.js";

const maxSections = 2; // of a post: the next post is worth more than its third section

const icons = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.2 16.2 21 21",
  close: "M6 6l12 12M18 6 6 18",
};

// icon draws a picture that says nothing to a screen reader.
export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", icons[name]);
  svg.append(path);
  return svg;
}

// View makes what stands below the input. It holds the texts, how to make links and what to do, and no other state.
// link(url) gives the URL of a post as the page should open it, or undefined when it is none; search(query) searches for
// something else; filter(tag) narrows or widens.
export class View {
  constructor(texts, { link, search, filter, searchURL, highlight }) {
    Object.assign(this, { t: texts, link, search, filter, searchURL, highlight });
  }

  // option is a choice of the list: a link where it leads somewhere, else a search.
  option(attributes, href, query, ...children) {
    const common = { role: "option", tabindex: "-1", "aria-selected": "false", ...attributes, part: attributes.class };
    return href
      ? h("a", { ...common, href }, ...children)
      : h("div", { ...common, click: () => this.search(query) }, ...children);
  }

  group(label, shown, ...options) {
    const title = shown && h("div", { class: "label", "aria-hidden": "true" }, label);
    return h("div", { role: "group", "aria-label": label }, title, ...options);
  }

  // suggestions are completions of what is being typed. Posts and sections that stand below them anyway are left out.
  suggestions(list, hits) {
    const shown = hits.flatMap((hit) => [hit, ...hit.sections.slice(0, maxSections)]).map((target) => target.url);
    const others = list.filter((s) => !s.url || !shown.includes(s.url));
    if (!others.length) return [];
    const options = others.map((s) =>
      this.option({ class: "suggestion" }, s.url && this.link(s.url), s.kind === "tag" ? `tag:"${s.text.replaceAll('"', "")}"` : s.text,
        h("span", { class: "text" }, s.kind === "tag" && "#", ...marked(s.text_html)),
        h("span", { class: "kind" }, this.t.kinds[s.kind] || "")));
    return [this.group(this.t.suggestions, false, ...options)];
  }

  recent(list) {
    if (!list.length) return [];
    const options = list.map((query) => this.option({ class: "suggestion" }, undefined, query, h("span", { class: "text" }, query)));
    return [this.group(this.t.recent, true, ...options)];
  }

  // hits are posts, each with its sections below it.
  hits(result) {
    return result.hits.map((hit) => {
      const words = markedWords(hit.title_html, hit.excerpt_html, ...hit.sections.map((s) => s.excerpt_html));
      const to = (url) => this.link(url, (u) => this.highlight && addHighlight(u, words));
      const date = hit.date && h("time", { datetime: hit.date }, hit.date.slice(0, 10));
      const tags = hit.tags.slice(0, 3).map((tag) => h("span", {}, `#${tag}`));
      const missing = hit.missing && h("span", { class: "missing" }, this.t.missing, " ", hit.missing.map((w) => h("s", {}, w)));
      const bare = !hit.sections.length;
      return this.group(hit.title, false,
        this.option({ class: "post" }, to(hit.url), hit.title,
          h("span", { class: "title" }, ...marked(hit.title_html)),
          h("span", { class: "meta" }, date, ...tags, missing),
          bare && h("span", { class: "excerpt" }, ...marked(hit.excerpt_html))),
        ...hit.sections.slice(0, maxSections).map((s) =>
          this.option({ class: "section" }, to(s.url), s.heading,
            h("span", { class: "heading" }, ...marked(s.heading_html)),
            h("span", { class: "excerpt" }, ...marked(s.excerpt_html)))));
    });
  }

  // chips are the tags of the results, those chosen first.
  chips(facets, chosen) {
    const others = facets.map((f) => f.value).filter((tag) => !chosen.includes(tag));
    if (!chosen.length && others.length < 2) return [];
    return [...chosen, ...others].slice(0, Math.max(6, chosen.length)).map((tag) =>
      h("button", { type: "button", class: "chip", part: "chip", "aria-pressed": String(chosen.includes(tag)), click: () => this.filter(tag) }, `#${tag}`));
  }

  // meant says what of the query could not be used. It offers the query that finds more, or says that the answer is that
  // of it.
  meant({ notice, suggestion }) {
    const said = notice ? [h("p", {}, notice)] : [];
    if (!suggestion) return said;
    const [before, after] = (suggestion.applied ? this.t.applied : this.t.mean).split("{query}");
    const query = suggestion.applied
      ? h("strong", {}, suggestion.query)
      : h("button", { type: "button", class: "link", click: () => this.search(suggestion.query) }, suggestion.query);
    return [...said, h("p", {}, before, query, after)];
  }

  // state says why there is nothing to choose.
  state(title, hint, retry) {
    return [h("div", { class: "state" }, h("p", { class: "big" }, title), hint && h("p", {}, hint),
      retry && h("p", {}, h("button", { type: "button", class: "chip", click: retry }, this.t.retry)))];
  }

  count({ total, full }) {
    return full < total && full > 0 ? fill(this.t.some, { full, rest: total - full }) : counted(this.t, this.t.posts, total);
  }

  all(result) {
    return [h("a", { class: "all", part: "all", href: this.searchURL(result.query) }, counted(this.t, this.t.all, result.total))];
  }

  keys() {
    const keys = [["↑↓", this.t.keyChoose], ["↵", this.t.keyOpen], ["esc", this.t.keyClose]];
    return h("span", { class: "keys", "aria-hidden": "true" }, keys.map(([key, does]) => h("span", {}, h("kbd", {}, key), does)));
  }
}
