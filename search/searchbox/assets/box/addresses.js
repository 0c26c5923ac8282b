// Addresses are where a box leads to. get(name) gives its attributes, form() the form in it, if it has one, and server is
// where chaja answers.
export class Addresses {
  constructor({ get, form, server }) {
    Object.assign(this, { get, form, server });
  }

  // given is the query that the page shows already.
  get given() {
    const form = this.form();
    return (form && new FormData(form).get("q")) || "";
  }

  // fields are those of the form beside the query.
  get fields() {
    const form = this.form();
    return form ? [...new FormData(form)].filter(([name]) => name !== "q" && name !== "prefix") : [];
  }

  // page is the page with all results, which answers as the box does: the last word may be unfinished.
  page(query, fields) {
    const form = this.form();
    const url = new URL(form ? form.action : this.server);
    url.search = new URLSearchParams([["q", query], ...fields, ["prefix", 1]]);
    return url.href;
  }

  // post returns where a post of this site is, or undefined for what is no address of a page. A site below a path keeps it:
  // /blog/ and /2021/post/ make /blog/2021/post/. change(url) may add to it, unless
  // the post is on another site.
  post(path, change) {
    try {
      const site = new URL((this.get("site") || "").replace(/\/?$/, "/"), location.href);
      const url = new URL(path, site);
      if (url.origin === site.origin && /^\/(?!\/)/.test(path) && !url.pathname.startsWith(site.pathname)) url.pathname = site.pathname + url.pathname.slice(1);
      if (change && url.origin === site.origin) change(url);
      return /^https?:$/.test(url.protocol) ? url.href : undefined;
    } catch {
      return undefined;
    }
  }
}
