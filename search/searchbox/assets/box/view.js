import { h, marked, markedWords } from "./dom.js";
import { addHighlight } from "./highlight.js";
import { counted, fill } from "./texts.js";

const maxSections = 2; // of a post: the next post is worth more than its third section

const icons = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.2 16.2 21 21",
  close: "M6 6l12 12M18 6 6 18",
  title: "M6 3h8l4 4v14H6zM14 3v5h4M9 12h6M9 16h6",
  heading: "M6 4v9a3 3 0 0 0 3 3h9M14 12l4 4-4 4",
  tag: "M3 12V4h8l9 9-8 8zM7.5 8v.01",
  recent: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2",
  star: "m12 4 2.4 5 5.6.8-4 3.9.9 5.5-4.9-2.6-4.9 2.6.9-5.5-4-3.9 5.6-.8z",
};

// icon draws a picture that says nothing to a screen reader.
export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", icons[name] || icons.search);
  svg.append(path);
  return svg;
}

// plain leaves out blanks and punctuation, but # and + of names (C# is not C++): \p{P} would take milliseconds to compile.
const plain = (text) => text.normalize().toLowerCase().replace(/[\s!"$-*,-/:-@[-`{-~\u2000-\u206f\u3000-\u303f]/g, "");

// View makes what stands below the input. It holds the texts, how to make links and what to do, and no other state.
// link(url) gives the URL of a post as the page should open it, or undefined when it is none; searchURL(query) that of
// the page for a query; search(query) searches for something else; filter(tag) narrows or widens; stars is where favourites
// are kept, if they are; starred() is called when they change.
export class View {
  constructor(texts, doing) {
    Object.assign(this, { t: texts }, doing);
  }

  // option is a choice of the list. item says what it is: { what, title, url } for what is opened, { what, query } for
  // what is searched for; so it may be opened elsewhere, too. A path that is no address of a page leads to a search.
  option(className, item, href, attributes, ...children) {
    if (!href) Object.assign(item, { query: item.query ?? item.title, url: undefined });
    const common = { role: "option", tabindex: "-1", "aria-selected": "false", class: className, part: className };
    const option = h("a", { ...common, ...attributes, href: href || this.searchURL(item.query) }, ...children, this.star(item));
    option.item = item;
    return option;
  }

  // star keeps a post or a section, or lets it go, by a click or by a key of the box; its place is empty beside what cannot be
  // kept. A screen reader hears of those that are kept.
  star(item) {
    if (!this.stars) return undefined;
    if (!item.url) return h("span", { class: "star" });
    const star = h("span", { class: "star", title: this.t.star, role: "img", "aria-label": this.t.starred, click: (e) => {
      e.preventDefault();
      e.stopPropagation();
      this.stars.toggle(item);
      show();
      this.starred();
    } }, icon("star"));
    const show = () => (star.ariaHidden = !star.classList.toggle("on", this.stars.has(item)));
    show();
    return star;
  }

  group(label, shown, ...options) {
    const title = shown && h("div", { class: "label", "aria-hidden": "true" }, label);
    return h("div", { role: "group", "aria-label": label, lang: this.t.lang }, title, ...options);
  }

  // line is an option of one line.
  line(kind, item, href, said, ...text) {
    return this.option("suggestion", item, href, {}, icon(kind), h("span", { class: "text", dir: "auto" }, ...text), said && h("span", { class: "kind" }, said));
  }

  // suggestions are completions of what is being typed. What is typed already is left out, and posts and sections that
  // stand below them anyway.
  suggestions(list, { query, hits }) {
    const shown = hits.flatMap((hit) => [hit, ...this.sections(hit)]).map((target) => target.url);
    const others = list.filter((s) => (s.url ? !shown.includes(s.url) : s.kind === "tag" || plain(s.text) !== plain(query)));
    if (!others.length) return [];
    const options = others.map((s) => {
      const item = s.url ? { what: s.kind === "title" ? "post" : "section", title: s.text, url: s.url }
        : { what: "suggestion", query: s.kind === "tag" ? `tag:"${s.text.replaceAll('"', "")}"` : s.text };
      return this.line(s.kind, item, s.url && this.link(s.url), this.t.kinds[s.kind], ...marked(s.text_html));
    });
    return [this.group(this.t.suggestions, false, ...options)];
  }

  // start is what stands below an empty input: what the reader kept, searched for and opened, and the newest posts.
  start({ starred, searches, opened }, hits) {
    const pages = (list, kind) => list.map((page) => this.line(kind, { ...page, what: "post" }, this.link(page.url), "", page.title));
    const lists = [
      [this.t.starred, pages(starred, "star")],
      [this.t.recent, searches.map((query) => this.line("recent", { what: "recent", query }, undefined, "", query))],
      [this.t.opened, pages(opened.filter((page) => !starred.some((s) => s.url === page.url)), "title")],
      [this.t.newest, hits.slice(0, 5).flatMap((hit) => this.hit(hit))],
    ];
    return lists.filter(([, options]) => options.length).map(([label, options]) => this.group(label, true, ...options));
  }

  // sections are those of a hit that say more than its title: the best, and others whose headings were searched for.
  sections(hit) {
    const telling = hit.sections.filter((s) => plain(s.heading) !== plain(hit.title));
    return telling.filter((s, i) => !i || s.heading_html.includes("<mark>")).slice(0, maxSections);
  }

  // hits are posts, each with its sections below it.
  hits(result) {
    return result.hits.map((hit) => this.group(hit.title, false, ...this.hit(hit)));
  }

  hit(hit) {
    const words = markedWords(hit.title_html, hit.excerpt_html, ...hit.sections.map((s) => s.excerpt_html));
    const sections = this.sections(hit);
    const option = (what, { url, title }, symbol, ...text) =>
      this.option(what, { what, title, url }, this.link(url, (u) => this.highlight && addHighlight(u, words)), { lang: hit.lang || undefined }, icon(symbol), h("span", { class: "text" }, ...text));
    const excerpt = (html) => h("span", { class: "excerpt", dir: "auto" }, ...marked(html));
    return [
      option("post", hit, "title", h("span", { class: "title", dir: "auto" }, ...marked(hit.title_html)), this.meta(hit), !sections.length && excerpt(hit.excerpt_html)),
      ...sections.map((s, i) => option("section", { url: s.url, title: s.heading }, "heading", this.heading(s, hit), !i && excerpt(s.excerpt_html))),
    ];
  }

  // heading is the way to a section, without the title of its post.
  heading(section, hit) {
    const above = (section.path || []).filter((step) => ![hit.title, section.heading].some((name) => plain(name) === plain(step)));
    return h("span", { class: "heading", dir: "auto" }, above.map((step) => h("span", { class: "above" }, `${step} › `)), ...marked(section.heading_html));
  }

  meta(hit) {
    const date = hit.date && h("time", { datetime: hit.date }, hit.date.slice(0, 10));
    const missing = hit.missing && h("span", { class: "missing" }, this.t.missing, " ", hit.missing.map((w) => h("s", {}, w)));
    const near = hit.by_meaning && h("span", { class: "missing" }, this.t.byMeaning);
    return h("span", { class: "meta" }, date, hit.tags.slice(0, 2).map((tag) => h("span", {}, `#${tag}`)), missing, near);
  }

  // chips are the tags of the results, those chosen first.
  chips(facets, chosen) {
    const others = facets.map((f) => f.value).filter((tag) => !chosen.includes(tag));
    if (!chosen.length && others.length < 2) return [];
    return [...chosen, ...others].slice(0, Math.max(6, chosen.length)).map((tag) => {
      const pressed = chosen.includes(tag);
      return h("button", { type: "button", class: "chip", part: "chip", "aria-pressed": String(pressed), click: () => this.filter(tag) },
        `#${tag}`, pressed && h("span", { "aria-hidden": "true" }, " ×"));
    });
  }

  // meant says what of the query could not be used, and how many posts have only some of its words. It offers the query
  // that finds more, or says that the answer is that of it.
  meant({ notice, suggestion, total, full }) {
    const said = notice ? [h("p", {}, notice)] : [];
    if (full > 0 && full < total) said.push(h("p", {}, this.count({ total, full })));
    if (!suggestion) return said;
    const [before, after] = (suggestion.applied ? this.t.applied : this.t.mean).split("{query}");
    const query = suggestion.applied
      ? h("strong", {}, suggestion.query)
      : this.button(suggestion.query, () => this.search(suggestion.query));
    return [...said, h("p", {}, before, query, after)];
  }

  // state says why there is nothing to choose. What can be done about it is a button: [text, what it does].
  state(title, hint, button) {
    return [h("div", { class: "state" }, h("p", { class: "big" }, title), hint && h("p", {}, hint), button && this.button(...button, "chip"))];
  }

  button(text, click, className = "link") {
    return h("button", { type: "button", class: className, click }, text);
  }

  count({ total, full }) {
    return full < total && full > 0 ? fill(this.t.some, { full, rest: total - full }) : counted(this.t, this.t.posts, total);
  }

  // all leads to the page with all results.
  all(result) {
    const link = h("a", { class: "all", part: "all", href: this.searchURL(result.query) }, counted(this.t, this.t.all, result.total));
    link.item = { what: "all" };
    return [link];
  }

  keys() {
    const keys = [["↑↓", this.t.keyChoose], ["↵", this.t.keyOpen], ["esc", this.t.keyClose]];
    return h("span", { class: "keys", "aria-hidden": "true" }, keys.map(([key, does]) => h("span", {}, h("kbd", {}, key), does)));
  }
}
