package browser

import (
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"
)

// state is what a box may show. show brings it there, once the box is open; attributes are those of the box.
type state struct {
	name, attributes string
	show             func(p seen, b *blog)
}

// enterText gives a box a query, as typing it does.
func enterText(p seen, query string) {
	p.run(fmt.Sprintf(`$("input").value = %q; $("input").dispatchEvent(new InputEvent("input"))`, query))
}

func resultsOf(query string) func(p seen, b *blog) {
	return func(p seen, _ *blog) {
		enterText(p, query)
		p.until("there are results", `$$(".open .all").length > 0`)
	}
}

// boxStates are all that the box can show.
var boxStates = []state{
	{"start", "highlight", func(p seen, _ *blog) { p.until("there are posts", `$$(".open .post").length > 0`) }},
	{"kept", "highlight", func(p seen, _ *blog) {
		p.until("there are posts", `$$(".open .post").length > 0`)
		p.run(`localStorage.setItem("chaja-recent", '["kafka"]'); localStorage.setItem("chaja-opened", '[{"url":"/a/","title":"Kafka"}]'); localStorage.setItem("chaja-starred", '[{"url":"/b/","title":"Spring"}]')`)
		enterText(p, "x")
		enterText(p, "")
		p.until("it is there", `$$(".open .star.on").length === 1`)
	}},
	{"results", "highlight", func(p seen, b *blog) {
		resultsOf("spring")(p, b)
		p.run(`const down = () => $("input").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" })); down(); down()`)
		p.until("the second is chosen", `$$("[role=option]")[1].ariaSelected === "true"`)
	}},
	{"inline", "inline", resultsOf("spring")},
	{"jamo", "highlight", resultsOf("ㅋㅍㅋ")},
	{"narrowed", "highlight", func(p seen, b *blog) {
		resultsOf("쿼리")(p, b)
		p.run(`$(".chip").click()`)
		p.until("the tag is chosen", `$(".chip").ariaPressed === "true"`)
	}},
	{"corrected", "highlight", func(p seen, _ *blog) {
		enterText(p, "znjfl")
		p.until("it is said", `$(".notice").childElementCount > 0`)
	}},
	{"nothing", "highlight", func(p seen, _ *blog) {
		enterText(p, "zzqqxxyy")
		p.until("it is said", `Boolean($(".state"))`)
	}},
	{"busy", "highlight", func(p seen, b *blog) {
		b.other.Store(http.StatusServiceUnavailable)
		enterText(p, "kafka")
		p.until("it is said", `Boolean($(".state"))`)
		b.other.Store(0)
	}},
	{"slow", "highlight", func(p seen, b *blog) {
		b.delay.Store(int64(3 * time.Second))
		enterText(p, "kafka")
		p.until("it is said", `Boolean($(".late"))`)
		b.delay.Store(0)
	}},
}

// pageStates are the pages with all that they can show.
var pageStates = []struct{ name, path string }{
	{"start", "/"}, {"results", "/?q=spring"}, {"filtered", "/?q=spring&after=2023&before=2024"}, {"pages", "/?after=2019"},
	{"nothing", "/?q=postgresql&tag=kafka&lang=ko"}, {"missing", "/?q=title:zzqqxx+kafka"}, {"tags", "/tags"}, {"not-found", "/nothing"},
}

// TestAxe: axe-core finds nothing in any state of the box and the pages, in both themes in Chromium, and in Firefox. A theme
// changes nothing but colours, and these are those of the style sheets in either browser. So Firefox, for which a theme takes
// half a minute, looks at one.
func TestAxe(t *testing.T) {
	w := need(t)
	path := os.Getenv(axeVariable)
	if path == "" && os.Getenv(requiredVariable) != "" {
		t.Fatal("axe-core must be here: make test-browser brings it")
	}
	if path == "" {
		t.Skip("no axe-core: make test-browser brings it")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, dark := range []bool{false, true} {
		lang := map[bool]string{false: "ko", true: "en"}[dark]
		t.Run(fmt.Sprintf("chromium, dark %t", dark), func(t *testing.T) {
			for _, s := range boxStates {
				p := openBlog(t, s.attributes, lang, view{1100, 760, 1, dark, lang})
				p.allowed = "503"
				checkState(t, chromium{p}, w.blog, s, string(axe))
			}
			for _, page := range pageStates {
				p := open(t, w.chaja+page.path, view{1100, 760, 1, dark, lang})
				p.allowed = "404"
				checkAxe(t, chromium{p}, page.path, string(axe))
			}
		})
	}
	t.Run("firefox", func(t *testing.T) {
		f := openFirefox(t, nil, "--headless", "--remote-allow-system-access")
		f.call("Marionette:SetContext", map[string]any{"value": "chrome"})
		f.call("WebDriver:ExecuteScript", map[string]any{"script": `Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", 0)`, "args": []any{}}) // dark
		f.call("Marionette:SetContext", map[string]any{"value": "content"})
		for _, s := range boxStates {
			f.visit(w.blog.URL + "/?lang=en&box=" + s.attributes)
			f.until("the box is there", `Boolean($("input"))`)
			f.equal("true", `matchMedia("(prefers-color-scheme: dark)").matches`)
			f.run(`localStorage.clear()`)
			checkState(t, f, w.blog, s, string(axe))
		}
		for _, page := range pageStates {
			f.visit(w.chaja + page.path)
			checkAxe(t, f, page.path, string(axe))
		}
	})
}

func checkState(t *testing.T, p seen, b *blog, s state, axe string) {
	t.Helper()
	p.run(`document.querySelector("chaja-search").open()`)
	s.show(p, b)
	checkAxe(t, p, "box: "+s.name, axe)
}

// checkAxe runs all rules of axe-core once all is still.
func checkAxe(t *testing.T, p seen, what, axe string) {
	t.Helper()
	p.until("all is still", `[document, document.querySelector("chaja-search")?.shadowRoot].every((root) => !root?.getAnimations().length)`)
	p.run(`window.module = undefined; window.found = undefined; ` + axe)
	p.run(`window.axe.run({ resultTypes: ["violations"] }).then((r) => window.found = r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target + " " + n.failureSummary).join("; ")).join("\n"), (e) => window.found = String(e))`)
	p.until("axe is done", `window.found !== undefined`)
	if found := p.text(`window.found`); found != "" {
		t.Errorf("%s:\n%s", what, found)
	}
}
