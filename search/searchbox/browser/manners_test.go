package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestFarServer: with a quarter of a second to the server somebody who goes on typing sees answers, never an older one after a
// newer one, and the last one is that of what was typed.
func TestFarServer(t *testing.T) {
	w := need(t)
	p := openBlog(t, "inline", "ko", desktop)
	w.blog.delay.Store(int64(250 * time.Millisecond))
	defer w.blog.delay.Store(0)
	p.run(`window.shown = []; window.began = performance.now(); addEventListener("chaja-search", (e) => shown.push(e.detail.query));
		window.first = 0; new MutationObserver(() => first ||= $(".all") && performance.now()).observe($(".list"), { childList: true })`)
	p.press("/")
	const text = "kafka consumer lag"
	start := time.Now()
	for _, r := range text {
		p.press(string(r))
		time.Sleep(90 * time.Millisecond)
	}
	typing := time.Since(start)
	p.until("the last answer is there", `shown.at(-1) === "`+text+`"`)
	if first := time.Duration(eval[float64](p, `first - began`)) * time.Millisecond; first > typing*2/3 {
		t.Errorf("the first posts came after %v, the last key after %v", first, typing)
	}
	time.Sleep(400 * time.Millisecond)
	p.is(true, `$(".all").href.includes("kafka+consumer+lag")`)
}

// TestClickDuringSyllable: a click on a tag ends a composition, with an empty field for a moment, and counts.
func TestClickDuringSyllable(t *testing.T) {
	p := openBlog(t, "inline", "ko", desktop)
	p.press("/")
	p.compose("쿼")
	p.until("there are tags", `$$(".open .chip").length > 0 && !!$(".all")`)
	p.run(`const input = $("input"), at = { bubbles: true, composed: true, cancelable: true, pointerId: 1 };
		const chip = $(".chip"), send = (value, inputType) => { input.value = value; input.dispatchEvent(new InputEvent("input", { inputType, bubbles: true })); };
		chip.dispatchEvent(new PointerEvent("pointerdown", at)); chip.dispatchEvent(new MouseEvent("mousedown", at));
		send("", "insertCompositionText"); input.dispatchEvent(new CompositionEvent("compositionend", { data: "" })); send("쿼", "insertText");
		window.there = chip.isConnected; chip.dispatchEvent(new PointerEvent("pointerup", at)); chip.click()`)
	p.is(true, `there`)
	p.until("the tag is chosen", `$(".chip").ariaPressed === "true"`)
}

// TestManners: what a box owes its reader beside answers, one duty a row.
func TestManners(t *testing.T) {
	w := need(t)
	for _, duty := range []struct {
		name, box string
		do        func(p *tab)
	}{
		{"Ctrl-Enter and Cmd-Enter open another tab", "", func(p *tab) {
			p.run(`window.opened = []; window.open = (url, target, how) => opened.push(new URL(url).pathname + " " + target + " " + how)`)
			p.openDialog()
			p.write("kafka")
			p.results()
			p.run(`window.chosen = new URL($("a.post").href).pathname`)
			p.press(down, down)
			p.pressWith(chromedp.ModifierCtrl, enter)
			p.is(true, `opened[0] === chosen + " _blank noopener" && $("dialog").open`)
			p.run(`addEventListener("chaja-submit", (e) => e.stopImmediatePropagation(), { capture: true })`)
			p.press(up, up)
			p.pressWith(chromedp.ModifierMeta, enter)
			p.equal("/search/ _blank noopener", `opened[1]`)
			p.is(true, `$("dialog").open`)
		}},
		{"the middle button opens another tab and leaves the dialog open", "", func(p *tab) {
			p.ask("kafka")
			p.run(`window.told = 0; addEventListener("chaja-select", () => told++); $("a.post").addEventListener("auxclick", (e) => e.preventDefault());
				$("a.post").dispatchEvent(new MouseEvent("auxclick", { button: 1, bubbles: true, composed: true, cancelable: true }))`)
			p.is(true, `$("dialog").open && told === 1`)
		}},
		{"a slash on a checkbox, a button and a slider opens the dialog", "", func(p *tab) {
			for _, kind := range []string{"checkbox", "radio", "button", "range"} {
				p.run(`document.querySelector("main").replaceChildren(Object.assign(document.createElement("input"), { type: "` + kind + `" })); document.querySelector("main input").focus()`)
				p.press("/")
				p.until("it is open", `$("dialog").open`)
				p.press(escape)
				p.until("it is closed", `!$("dialog").open`)
			}
		}},
		{"a screen reader is told once typing rests", "inline", func(p *tab) {
			p.press("/")
			p.run(`window.said = []; new MutationObserver(() => said.push($(".status").textContent)).observe($(".status"), { childList: true })`)
			for _, r := range "kafka" {
				p.press(string(r))
				time.Sleep(150 * time.Millisecond)
			}
			p.until("it is told", `said.length > 0`)
			p.equal("글 3개", `said.filter(Boolean).join()`)
		}},
		{"the language and the direction stand in the box", "inline lang=en", func(p *tab) {
			p.ask("쿼리")
			p.equal("en", `$(".below").lang`)
			p.equal("ko auto auto", `[$(".post").lang, $(".title").dir, $("input").dir].join(" ")`)
		}},
		{"attributes may change later", "", func(p *tab) {
			p.openDialog()
			p.write("kafka")
			p.run(`const box = document.querySelector("chaja-search"); box.lang = "en"; box.setAttribute("placeholder", "Find"); box.setAttribute("inline", "")`)
			p.is(true, `!$("dialog") && $("input").value === "kafka" && $("input").placeholder === "Find" && $("input").ariaLabel === "Search" && getComputedStyle(document.body).overflow !== "hidden"`)
		}},
		{"settings may be written as data", `data-inline data-placeholder="Find" data-shortcuts="off"`, func(p *tab) {
			p.is(true, `!$("dialog") && $("input").placeholder === "Find"`)
			p.press("/")
			p.is(false, focused)
		}},
		{"JSON of another server is no answer", "inline", func(p *tab) {
			p.allowed = `not as chaja does`
			w.blog.other.Store(http.StatusOK)
			p.press("/")
			p.write("kafka")
			p.until("it is said", `$(".notice").textContent.includes("검색 서버가 아닙니다")`)
		}},
		{"too many questions are told as such", "inline", func(p *tab) {
			p.allowed = "429"
			w.blog.other.Store(http.StatusTooManyRequests)
			p.press("/")
			p.write("kafka")
			p.until("it is said", `$(".notice").textContent.includes("너무 자주")`)
		}},
		{"a busy server is told as such", "inline", func(p *tab) {
			p.allowed = "503"
			w.blog.other.Store(http.StatusServiceUnavailable)
			p.press("/")
			p.write("kafka")
			p.until("it is said", `$(".notice").textContent.includes("요청이 많아")`)
		}},
		{"what can be operated has a border that can be seen", "inline", func(p *tab) {
			p.ask("kafka")
			p.is(true, `[$(".field"), $(".chip")].every((e) => contrast(getComputedStyle(e).borderTopColor, "rgb(255, 255, 255)") >= 3)`)
		}},
		{"an empty box offers the newest posts and frequent tags, then what was opened", "", func(p *tab) {
			p.openDialog()
			p.until("there are posts and tags", `$$(".post").length === 5 && $$(".chip").length > 1`)
			p.run(`addEventListener("click", (e) => e.preventDefault())`)
			p.write("kafka")
			p.results()
			p.run(`$("a.post").click()`)
			p.openDialog()
			p.press("\b")
			p.until("what was opened comes before", `$$(".label").map((l) => l.textContent).join().startsWith("최근 검색어,최근에 본 글")`)
		}},
		{"a site below a path keeps it, with and without a slash at its end", "inline", func(p *tab) {
			for _, site := range []string{"/notes/", "/notes", "https://blog.example/notes"} {
				p.run(`document.querySelector("chaja-search").setAttribute("site", "` + site + `")`)
				p.ask("kafka")
				p.is(true, `$$("a.post").every((a) => new URL(a.href).pathname.startsWith("/notes/2")) && $("a.post").href.startsWith(new URL("`+site+`", location.href))`)
			}
		}},
		{"choosing moves nothing", "", func(p *tab) {
			p.ask("spring")
			p.is(true, `new Set($$("[role=option] > :nth-last-child(2)").map((e) => e.getBoundingClientRect().right)).size === 1`)
			p.run(`window.places = () => $$("[role=option] *").map((e) => e.getBoundingClientRect()).map((r) => [r.left, r.top, r.width]).join(); window.before = places()`)
			for range 4 {
				p.press(down)
				p.is(true, `!!$("[aria-selected=true]") && places() === before`)
			}
		}},
		{"a star keeps a post", "", func(p *tab) {
			p.ask("kafka")
			p.run(`$(".post .star").click()`)
			p.is(true, `$("dialog").open && $(".post .star").classList.contains("on")`)
			p.run(`$("input").select()`)
			p.press("\b")
			p.until("it is kept", `$(".label")?.textContent === "즐겨찾기"`)
		}},
		{"a key keeps what the arrows chose, and lets it go", "", func(p *tab) {
			p.ask("kafka")
			p.until("a post is chosen", `!!$(".post")`)
			for range 20 {
				if p.press(down); eval[bool](p, `!!$(".post[aria-selected=true]")`) {
					break
				}
			}
			p.pressWith(2, "d")
			p.is(true, `$(".post[aria-selected=true] .star").matches(".on:not([aria-hidden=true])") && JSON.parse(localStorage["chaja-starred"]).length === 1`)
			p.pressWith(2, "d")
			p.is(true, `$("dialog").open && !$(".star.on") && localStorage["chaja-starred"] === "[]"`)
		}},
		{"analytics hear of all", "", func(p *tab) {
			p.run(`window.heard = []; for (const name of ["open", "search", "select", "close"]) addEventListener("chaja-" + name, (e) => heard.push(name + JSON.stringify(e.detail)));
				addEventListener("click", (e) => e.preventDefault())`)
			p.ask("kafka")
			p.run(`$("a.post").click()`)
			p.until("all is heard", `heard.length === 4`)
			p.is(true, `heard[0] === "opennull" && /^search.*"query":"kafka","total":3,"time":[0-9]+/.test(heard[1]) && /^select.*"what":"post".*"position":[0-9]/.test(heard[2]) && heard[3] === "closenull"`)
		}},
	} {
		t.Run(duty.name, func(t *testing.T) {
			p := openBlog(t, duty.box+" ", "ko", desktop)
			p.run(`window.contrast = (...colors) => { const [a, b] = colors.map((c) => c.match(/[0-9.]+/g).slice(0, 3).map((v) => v / 255)
				.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0.05)).sort().reverse(); return a / b; }`)
			defer w.blog.other.Store(0)
			duty.do(p)
		})
	}
}

// TestClassicScript: a plain script with defer does as well as a module.
func TestClassicScript(t *testing.T) {
	p := openBlogPage(t, url.Values{"box": {" "}, "script": {"defer"}}, desktop)
	p.ask("kafka")
	p.equal("/search/", `new URL($(".all").href).pathname`)
}

// TestOlderBrowsers: without light-dark() the colours are those of the scheme all the same; and what cannot run the box gets a
// form.
func TestOlderBrowsers(t *testing.T) {
	w := need(t)
	for _, test := range []struct {
		name, without, box string
		dark               bool
		script             string // is true
	}{
		{"without light-dark, light", `CSS.supports = (supports => (...a) => !String(a).includes("light-dark") && supports.apply(CSS, a))(CSS.supports)`, "", false,
			`getComputedStyle($(".trigger")).backgroundColor === "rgb(255, 255, 255)"`},
		{"without light-dark, dark", `CSS.supports = (supports => (...a) => !String(a).includes("light-dark") && supports.apply(CSS, a))(CSS.supports)`, "", true,
			`getComputedStyle($(".trigger")).backgroundColor === "rgb(29, 31, 35)"`},
		{"without light-dark, light by an attribute", `CSS.supports = (supports => (...a) => !String(a).includes("light-dark") && supports.apply(CSS, a))(CSS.supports)`, `theme="light"`, true,
			`getComputedStyle($(".trigger")).backgroundColor === "rgb(255, 255, 255)"`},
		{"without :has", `CSS.supports = () => false`, "", false,
			`!document.querySelector("chaja-search").shadowRoot && document.querySelector("chaja-search form").action.endsWith("/search/") && document.querySelector("chaja-search input").name === "q"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := desktop
			v.dark = test.dark
			p := open(t, "about:blank", v)
			call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: test.without +
				`; addEventListener("DOMContentLoaded", () => { window.$ = (s) => document.querySelector("chaja-search").shadowRoot?.querySelector(s); })`})
			p.do(chromedp.Navigate(w.blog.URL + "/?" + url.Values{"box": {test.box + " "}, "empty": {"1"}}.Encode()))
			p.until("it is as it should be", test.script)
		})
	}
}

// TestRightToLeft: the box stands on a page that is written from the right.
func TestRightToLeft(t *testing.T) {
	p := openBlogPage(t, url.Values{"box": {"inline"}, "dir": {"rtl"}}, view{700, 700, 1, false, "en"})
	p.run(`document.querySelector("chaja-search").style.width = "150px"`)
	p.ask("kafka")
	p.is(true, `(({ left, right }) => left >= 0 && right <= innerWidth)($(".below").getBoundingClientRect())`)
	p.is(true, `$(".field > svg").getBoundingClientRect().left > $("input").getBoundingClientRect().left`)
	p.press(down)
	p.is(true, `getComputedStyle($("[aria-selected=true]")).borderRightColor === getComputedStyle($(".heading")).color`)
}

// TestForcedColors: where the reader's system gives the colours, what is chosen is seen.
func TestForcedColors(t *testing.T) {
	p := openBlog(t, "inline", "ko", desktop)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}})
	p.ask("kafka")
	p.run(`$(".chip").click()`)
	p.until("the chip is pressed", `$(".chip").ariaPressed === "true" && $$(".chip").length > 1`)
	p.is(true, `getComputedStyle($$(".chip")[0]).backgroundColor !== getComputedStyle($$(".chip")[1]).backgroundColor`)
	p.press(down)
	p.equal("solid", `getComputedStyle($("[aria-selected=true]")).outlineStyle`)
}

// TestWrongOrigin: a page that may not read the answers says so to who builds it.
func TestWrongOrigin(t *testing.T) {
	w := need(t)
	site := httptest.NewServer(http.HandlerFunc(func(o http.ResponseWriter, r *http.Request) {
		o.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(o, `<!doctype html><html lang="ko"><title>stranger</title><link rel="icon" href="data:,"><script type="module" src="%s/search-box.js"></script><chaja-search></chaja-search>`, w.chaja)
	}))
	defer site.Close()
	p := open(t, site.URL, desktop)
	p.helpers()
	p.allowed = "--cors-origin " + site.URL
	p.ignored = "blocked by CORS policy"
	p.openDialog()
	p.write("kafka")
	p.until("it is said", `$(".notice").textContent.includes("서버에 연결할 수 없습니다")`)
	p.until("the console knows", `true`)
	time.Sleep(resting)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !strings.Contains(strings.Join(p.errors, "\n"), p.allowed) {
		t.Errorf("the console says %q", p.errors)
	}
}

// TestInherits: what the bar of a theme says of its text is not said of the box, but for its colours.
func TestInherits(t *testing.T) {
	p := openBlog(t, "highlight", "ko", desktop)
	p.run(`Object.assign(document.querySelector("nav").style, { whiteSpace: "nowrap", textTransform: "uppercase", letterSpacing: "3px", textIndent: "9px", textAlign: "right", lineHeight: "3", fontStyle: "italic" })`)
	p.openDialog()
	p.write("쿼리")
	p.results()
	p.equal("normal none normal 0px start normal", `(({ whiteSpace, textTransform, letterSpacing, textIndent, textAlign, fontStyle }) => [whiteSpace, textTransform, letterSpacing, textIndent, textAlign, fontStyle].join(" "))(getComputedStyle($(".excerpt")))`)
	p.is(true, `$(".excerpt").getBoundingClientRect().height > 30`) // two lines
}
