package browser

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func TestDialog(t *testing.T) {
	p := openBlog(t, "highlight", "ko", desktop)
	p.press("k", "ㅋ") // letters do not open it
	p.is(false, `$("dialog").open`)
	p.openDialog()
	p.equal("", `$("input").value`)
	p.press(escape)
	p.until("it is closed", `!$("dialog").open`)
	p.pressWith(chromedp.ModifierCtrl, "k")
	p.until("it is open", `$("dialog").open`)
	p.press(escape)
	p.run(`document.querySelector("#comment").focus()`)
	p.press("/") // is written there
	p.is(true, `document.querySelector("#comment").value.includes("/")`)
	p.is(false, `$("dialog").open`)
	p.run(`$(".trigger").focus()`)
	p.press(enter)
	p.until("it is open", `$("dialog").open`)
	p.press(escape)
	p.until("focus is back", `document.activeElement.shadowRoot?.activeElement === $(".trigger")`)
}

func TestResultOpensSectionMarked(t *testing.T) {
	p := openBlog(t, "highlight", "ko", desktop)
	p.openDialog()
	p.write("쿼리")
	p.results()
	for range 30 {
		if p.press(down); eval[bool](p, `!!$("[aria-selected=true].section")`) {
			break
		}
	}
	p.is(true, `$("input").getAttribute("aria-activedescendant") === $("[aria-selected=true]").id`)
	p.press(enter)
	p.until("the section is open and marked", `location.hash !== "" && CSS.highlights?.get("chaja")?.size > 0 && !location.search.includes("highlight")`)
	p.is(true, `[...CSS.highlights.get("chaja")].every((r) => r.toString().length > 0)`)
}

// TestMarks: the words in the address are marked in the text of the page, readable on any colour, which the site may set.
func TestMarks(t *testing.T) {
	w := need(t)
	p := open(t, w.blog.URL+"/?highlight="+url.QueryEscape("쿼리")+"&box="+url.QueryEscape("highlight"), desktop)
	p.until("words are marked", `CSS.highlights?.get("chaja")?.size > 0`)
	p.is(true, `[...CSS.highlights.get("chaja")].every((r) => r.toString() === "쿼리" && !r.startContainer.parentElement.closest("textarea"))`)
	const style = `(({ backgroundColor, color }) => backgroundColor + " " + color)(getComputedStyle(document.querySelector("main"), "::highlight(chaja)"))`
	p.equal("rgb(255, 224, 138) oklch(0 0 0)", style)
	p.run(`document.documentElement.style.setProperty("--chaja-mark", "#4d3d0f")`)
	p.equal("rgb(77, 61, 15) oklch(1 0 0)", style)

	p = open(t, "about:blank", desktop)
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `addEventListener("load", () => setTimeout(() => {
		const main = document.querySelector("main");
		main.replaceChildren(...[...main.childNodes].map((node) => node.cloneNode(true)));
		window.anew = true;
	}, 150))`}) // as frameworks do when they take over
	p.do(chromedp.Navigate(w.blog.URL + "/?highlight=" + url.QueryEscape("쿼리")))
	p.until("words of what the page shows anew are marked", `window.anew && [...(CSS.highlights?.get("chaja") ?? [])].some((r) => String(r) === "쿼리")`)
}

func TestChipsAndCorrection(t *testing.T) {
	p := openBlog(t, "inline", "en", desktop)
	p.press("/")
	p.write("쿼리")
	p.results()
	p.run(`$(".chip").click()`)
	p.until("the chip is pressed", `$(".chip").getAttribute("aria-pressed") === "true"`)
	p.run(`document.querySelector("chaja-search").input.select()`)
	p.write("znjfl") // 쿼리 on the other keyboard
	p.until("it says what it searched for", `$(".notice").textContent.includes("쿼리")`)
}

func TestStates(t *testing.T) {
	w := need(t)
	p := openBlog(t, "inline", "en", desktop)
	p.mu.Lock()
	p.allowed = "502"
	p.mu.Unlock()
	p.press("/")
	p.write("zzqqxxyy")
	p.until("nothing is found", `$(".notice").textContent.includes("Nothing found")`)
	w.blog.delay.Store(int64(1800 * time.Millisecond))
	p.write("a")
	p.until("it says that it is slow", `$(".status").textContent.includes("longer")`)
	w.blog.delay.Store(0)
	w.blog.down.Store(true)
	defer w.blog.down.Store(false)
	p.write("b")
	p.until("the server is down", `$(".notice").textContent.includes("cannot be reached")`)
	w.blog.down.Store(false)
	p.run(`document.querySelector("chaja-search").input.select()`)
	p.write("kafka")
	p.results()
}

// TestLastWins: the answer of an earlier question never takes the place of a later one's.
func TestLastWins(t *testing.T) {
	w := need(t)
	p := openBlog(t, "inline", "ko", desktop)
	p.press("/")
	w.blog.delay.Store(int64(600 * time.Millisecond))
	p.write("kafka")
	time.Sleep(150 * time.Millisecond) // it is asked
	w.blog.delay.Store(0)
	p.run(`document.querySelector("chaja-search").input.select()`)
	p.write("postgresql")
	p.results()
	first := p.text(`$(".list").textContent`)
	time.Sleep(700 * time.Millisecond)
	p.equal(first, `$(".list").textContent`)
	p.is(false, `/kafka/i.test($(".all").href)`)
}

func TestRecent(t *testing.T) {
	p := openBlog(t, "", "ko", desktop)
	p.openDialog()
	p.write("쿼리")
	p.press(enter)
	p.openDialog()
	p.run(`$("input").select()`)
	p.press("\b")
	p.until("the last search is offered", `$$(".suggestion").some((o) => o.textContent === "쿼리")`)
	off := openBlog(t, `recent="off"`, "ko", desktop)
	off.openDialog()
	off.write("쿼리")
	off.press(enter)
	off.is(true, `localStorage.getItem("chaja-recent") === null`)
}

// TestRandomKeys presses 200 random keys, composes and pastes in between. The box works afterwards, and the console has no
// error. Enter is pressed as it is and as the one that ends a composition.
func TestRandomKeys(t *testing.T) {
	for _, box := range []string{" ", "inline"} {
		t.Run(strings.TrimSpace("box "+box), func(t *testing.T) { randomKeys(openBlog(t, box, "ko", desktop)) })
	}
}

func randomKeys(p *tab) {
	random := rand.New(rand.NewPCG(7, 7))
	syllables := strings.Fields("ㅋ 쿠 쿼 쿼리 ㅎ 하 한 검 검색")
	p.run(`addEventListener("click", (e) => e.composedPath().some((el) => el.tagName === "A") && e.preventDefault())
		document.querySelector("#comment").select()`)
	p.edit("copy")
	p.run(`document.activeElement.blur()`)
	p.press("/")
	p.run(`window.input = $("input"); window.pastes = 0; input.addEventListener("paste", () => pastes++)`)
	for range 200 {
		switch random.IntN(9) {
		case 0, 1:
			p.press(string(rune('a' + random.IntN(26))))
		case 2:
			p.compose(syllables[random.IntN(len(syllables))])
		case 3:
			p.commit(syllables[random.IntN(len(syllables))])
		case 4:
			p.press(down)
		case 5:
			p.press(up)
		case 6:
			p.edit("paste")
		case 7:
			if random.IntN(3) == 0 {
				p.press(escape)
			}
		case 8:
			if random.IntN(2) == 0 {
				p.compose("한")
				call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "rawKeyDown", Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 229})
				p.commit("한")
			}
			p.press(enter)
		}
		p.is(true, `(({ length }, active) => length < 2 && active === ($("[aria-selected=true]")?.id ?? null))($$("[aria-selected=true]"), input.getAttribute("aria-activedescendant"))`)
		p.run(`document.activeElement.shadowRoot?.activeElement === input || document.querySelector("chaja-search").open()`)
	}
	p.is(true, `window.input === $("input") && submits.length > 0 && pastes > 0`)
	p.run(`input.select()`)
	p.write("kafka")
	p.until("the box works", `$(".all")?.href.includes("q=kafka&") && $$(".post").length > 0`)
}

// TestSmall: nothing is cut off on a screen of 320 px, which is also what 200 % zoom leaves of one of 640.
func TestSmall(t *testing.T) {
	w := need(t)
	small := view{320, 640, 2, true, "ko"}
	const fits = `document.documentElement.scrollWidth <= innerWidth`
	p := openBlog(t, "highlight", "ko", small)
	p.openDialog()
	p.until("there are posts", `$$(".open .post").length > 0`)
	p.is(true, `$(".foot").offsetHeight === 0`) // no keys, and nothing to forget
	p.write("zzqqxxyy")
	p.until("it is said in full", `!!$(".state") && $(".notice").scrollHeight <= $(".notice").clientHeight`)
	p.run(`$("input").select()`)
	p.write("쿼리")
	p.results()
	p.is(true, fits)
	p.is(true, `$("dialog").scrollWidth <= innerWidth && $$(".end, .trigger").every((b) => !b.offsetWidth || b.offsetWidth >= 44)`)
	for _, path := range []string{"/?q=" + url.QueryEscape("쿼리"), "/?q=kuberentes", "/tags", "/"} {
		p := open(t, w.chaja+path, small)
		p.is(true, fits)
		p.equal("", `[...document.querySelectorAll("a, button")].filter((a) => a.checkVisibility() && (a.offsetHeight < 24 || a.offsetWidth < 24)).map((a) => a.textContent).join()`)
	}
}
