package browser

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/google/go-cmp/cmp"
)

// where is an example of each custom property in the dialog.
const where = `{ "--chaja-width": "dialog", "--chaja-font": "input", "--chaja-outline": ".chip", "--chaja-text": ".post .title", "--chaja-muted": ".excerpt",
	"--chaja-accent": ".heading", "--chaja-mark": ".excerpt mark", "--chaja-raised": ".section:hover", "--chaja-border": ".foot", "--chaja-radius": ".post ~ .section:last-child", "--chaja-background": ".keys" }`

// drawParts writes the names of the parts to the left of the dialog and those of the custom properties to the right, each
// with a line to where it is. Labels keep a distance.
const drawParts = `(() => {
	const root = document.querySelector("chaja-search").shadowRoot;
	const ns = "http://www.w3.org/2000/svg";
	const make = (tag, attributes) => { const e = document.createElementNS(ns, tag); for (const name in attributes) e.setAttribute(name, attributes[name]); return e; };
	const svg = make("svg", { width: innerWidth, height: innerHeight });
	const edge = root.querySelector("dialog").getBoundingClientRect();
	const side = (entries, left) => {
		let free = 10;
		for (const [name, box] of entries.sort((a, b) => a[1].y - b[1].y)) {
			const y = Math.max(free, box.y);
			free = y + 25;
			const x = left ? edge.left - 40 : edge.right + 40;
			svg.append(make("path", { d: "M" + x + " " + y + "L" + (left ? edge.left - 12 : edge.right + 12) + " " + box.y + "L" + box.x + " " + box.y, fill: "none", stroke: "#e0457b", "stroke-width": 1.5, "stroke-opacity": 0.7 }),
				make("circle", { cx: box.x, cy: box.y, r: 3.5, fill: "#e0457b" }),
				make("rect", { x: left ? x - name.length * 8.6 - 16 : x, y: y - 11, width: name.length * 8.6 + 16, height: 22, rx: 5, fill: "#e0457b" }));
			const text = make("text", { x: left ? x - 8 : x + 8, y: y + 5, "text-anchor": left ? "end" : "start", fill: "#fff", "font-family": "monospace", "font-size": 14 });
			text.append(name);
			svg.append(text);
		}
	};
	const parts = [...new Set([...root.querySelectorAll("[part]")].map((e) => e.part[0]))];
	const start = { dialog: (r) => r.top + 4, panel: (r) => r.top + 4, list: (r) => r.top + 6 };
	side(parts.map((name) => {
		const r = root.querySelector("[part=" + name + "]").getBoundingClientRect();
		return [name, { x: r.left + (name === "mark" ? r.width / 2 : 5), y: (start[name] ?? ((r) => r.top + r.height / 2))(r) }];
	}), true);
	side(Object.entries(` + where + `).map(([name, selector]) => {
		const found = root.querySelector(selector);
		const range = new Range();
		range.selectNodeContents(found);
		const r = (found.matches(".heading, .title") ? range : found).getBoundingClientRect();
		const top = ["--chaja-width", "--chaja-border"].includes(name);
		return [name, { x: Math.min(r.right - 5, edge.right - 8), y: top ? r.top + 1 : r.top + Math.min(r.height / 2, 12) }];
	}), false);
	const over = document.createElement("div");
	over.popover = "manual";
	Object.assign(over.style, { position: "fixed", inset: 0, padding: 0, border: 0, background: "none", width: "100vw", height: "100vh", maxWidth: "none", maxHeight: "none", overflow: "hidden" });
	over.append(svg);
	document.body.append(over);
	over.showPopover();
})()`

// TestParts holds the parts in the table of docs/themes against the box, and draws where each is, and each custom property,
// when make screenshots asks for it.
func TestParts(t *testing.T) {
	page, err := os.ReadFile("../../../docs/themes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "\n| part |")
	table, _, _ = strings.Cut(table, "\n\n")
	var told []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\|").FindAllStringSubmatch(table, -1) {
		told = append(told, m[1])
	}
	p := openBlog(t, "highlight", "en", view{1240, 720, 1, false, "en"})
	p.openDialog()
	p.until("there are posts", `$$(".open .post").length > 0`)
	p.run(`window.parts = () => $$("[part]").map((e) => e.part[0]); window.first = parts()`)
	p.write("kaf")
	p.results()
	there := strings.Split(p.text(`[...new Set([...first, ...parts()])].sort().join()`), ",")
	slices.Sort(told)
	if diff := cmp.Diff(there, told); diff != "" {
		t.Errorf("docs/themes/README.md, parts (-box +docs):\n%s", diff)
	}
	if dir := os.Getenv(shotsVariable); dir != "" {
		call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved,
			X: eval[float64](p, `$(".section").getBoundingClientRect().left + 90`), Y: eval[float64](p, `$(".section").getBoundingClientRect().top + 9`)})
		p.run(drawParts)
		p.save(filepath.Join(dir, "box-parts.png"))
	}
}
