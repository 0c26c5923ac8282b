package browser

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestPageWithoutScript: the page searches, narrows and sorts with plain links and forms.
func TestPageWithoutScript(t *testing.T) {
	w := need(t)
	p := open(t, w.chaja+"/", desktop)
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.do(chromedp.Navigate(w.chaja + "/"))
	p.run(`document.querySelector("input[name=q]").value = "서버"; document.querySelector("form").submit()`)
	p.until("there are results", `document.querySelectorAll("ol article .sections a").length > 0`)
	p.equal("서버", `new URL(location).searchParams.get("q")`)
	p.until("there are tags", `!!document.querySelector("aside a")`)
	p.run(`document.querySelector("aside a").click()`)
	p.until("a tag is chosen", `location.search.includes("tag=") && document.querySelector(".chosen a").textContent.includes("×")`)
	p.is(true, `document.querySelector("input[type=hidden][name=tag]").value !== ""`)
	p.run(`document.querySelector(".meta a[rel=tag]").getAttribute("href").startsWith("./?tag=") || fail()`)
	p.run(`document.querySelectorAll(".sorts a")[1].click()`)
	p.until("the newest come first", `location.search.includes("sort=newest") && document.querySelectorAll(".sorts a")[1].ariaCurrent === "true"`)
	p.run(`document.querySelector(".chosen a").click()`)
	p.until("the tag is let go", `!location.search.includes("tag=") && !document.querySelector(".chosen")`)
	p.do(chromedp.Navigate(w.chaja + "/?tag=kafka"))
	p.equal("최신순", `document.querySelector(".sorts [aria-current]").textContent`) // there is nothing to rank by
	p.do(chromedp.Navigate(w.chaja + "/?q=postgresql&tag=kafka"))
	p.run(`document.querySelector(".ways a").click()`)
	p.until("what finds nothing is let go", `location.search === "?q=postgresql" && document.querySelectorAll("article").length > 0`)
	p.do(chromedp.Navigate(w.chaja + "/?q=title:zzqqxx+kafka"))
	p.equal("zzqqxx", `document.querySelector(".state s").textContent`)
	p.equal("?q=kafka", `document.querySelector(".ways a").search`)
	p.do(chromedp.Navigate(w.chaja + "/tags?q=kaf"))
	p.equal("#Kafka", `[...document.querySelectorAll(".group .name")].map((a) => a.textContent).join()`)
}

// TestPreview: without the address of the blog a result leads to the text of the post, marked as a preview.
func TestPreview(t *testing.T) {
	w := need(t)
	p := open(t, w.chaja+"/?q="+url.QueryEscape("쿼리"), desktop)
	p.run(`document.querySelector(".sections a").click()`)
	p.until("the section is there and marked", `document.querySelector(".preview") && document.getElementById(decodeURIComponent(location.hash.slice(1))) && CSS.highlights?.get("chaja")?.size > 0`)
	p.equal("noindex", `document.querySelector("meta[name=robots]").content`)
}

// TestAllWidths: what narrows a search is seen above the results on a phone, a tablet and a screen.
func TestAllWidths(t *testing.T) {
	w := need(t)
	for _, width := range []int64{360, 768, 1200} {
		p := open(t, w.chaja+"/?q="+url.QueryEscape("서버")+"&after=2020&before=2021", view{width, 700, 1, false, "ko"})
		p.is(true, `document.querySelector(".chosen a").getBoundingClientRect().bottom < document.querySelector("h1").getBoundingClientRect().top`)
		p.equal("2020 ×", `document.querySelector(".chosen a").textContent`)
	}
}

// TestPage: permalinks, the box on the page, pages of results and the way back.
func TestPage(t *testing.T) {
	w := need(t)
	p := open(t, w.chaja+"/?tag=kafka", desktop)
	p.until("the box is there", `!!document.querySelector("chaja-search").shadowRoot`)
	p.helpers()
	p.run(`document.querySelector("chaja-search").open()`)
	p.write("spring")
	p.results()
	p.equal("검색 결과 1개 모두 보기", `$(".all").textContent`) // with the tag, as on the page that follows
	p.run(`location.assign($(".all").href)`)
	p.until("it searches and keeps the tag", `location.search === "?q=spring&tag=kafka&prefix=1"`)
	p.run(`history.back()`) // from the cache of pages: no page is loaded that could be waited for
	p.until("it is back", `location.search === "?tag=kafka" && !document.title.includes("spring")`)
	p.do(chromedp.Navigate(w.chaja + "/?q=kafka"))
	p.helpers()
	p.run(`document.querySelector("chaja-search").open()`)
	p.write("postgresql")
	p.results()
	p.run(`location.assign($(".all").href)`)
	p.until("the other search is shown", `document.title.includes("postgresql")`)
	p.run(`history.back()`)
	p.until("the page is back with its query in the box", `document.title.includes("kafka") && $("input").value === "kafka" && !$(".below").classList.contains("open")`)
	p.do(chromedp.Navigate(w.chaja + "/?after=2019"))
	p.run(`document.querySelector("[rel=next]").click()`)
	p.until("the second page is there", `document.querySelector("ol").start === 11 && !!document.querySelector("[rel=prev]")`)
	p.do(chromedp.Navigate(w.chaja + "/tags"))
	p.run(`const field = document.querySelector(".narrow input"); window.narrow = (text) => { field.value = text; field.dispatchEvent(new InputEvent("input")); }; narrow("kafka")`)
	p.equal("K", `[...document.querySelectorAll(".initials a:not([hidden])")].map((a) => a.textContent).join()`)
	p.is(true, `document.querySelector(".state").hidden`)
	p.run(`narrow("zzqqxx")`)
	p.is(true, `!document.querySelector(".initials a:not([hidden]), .group:not([hidden])") && document.querySelector(".state").checkVisibility()`)
	p.run(`narrow("")`)
	p.run(`document.querySelector(".group a").click()`)
	p.until("a tag is asked for", `location.search.startsWith("?tag=") && document.querySelectorAll("article").length > 0`)
}

// TestPrint: on paper a search says what it was narrowed by, and where the posts are.
func TestPrint(t *testing.T) {
	w := need(t)
	p := open(t, w.chaja+"/?q="+url.QueryEscape("쿼리")+"&after=2019-08&tag=postgresql", desktop)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	const seen = `[...document.querySelectorAll("header, chaja-search, .sorts, aside a, .chosen a")].filter((e) => e.checkVisibility()).map((e) => e.firstChild.data.trim()).join()`
	p.equal("PostgreSQL,2019-08부터", seen)
	p.is(true, `getComputedStyle(document.querySelector("h2 a"), "::after").content.includes("/2021/") && document.querySelector("h2 a").search.startsWith("?highlight=")`)
}

// TestFirstPaint says how long the search page takes until something is seen of it, beside what the browser takes for a
// page of one word; make first-paint shows it.
func TestFirstPaint(t *testing.T) {
	w := need(t)
	if !testing.Verbose() {
		t.Skip("nobody would see it: make first-paint")
	}
	const paint = `(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0)`
	for _, page := range []struct{ name, address string }{
		{"a word", "data:text/html,<p>word"},
		{"/", w.chaja + "/"},
		{"/?q=느린 쿼리", w.chaja + "/?q=" + url.QueryEscape("느린 쿼리")},
		{"/tags", w.chaja + "/tags"},
	} {
		var times []float64
		p := open(t, page.address, desktop) // and with it a process of the browser, which is not measured
		for range 9 {
			p.do(chromedp.Navigate(page.address))
			p.until("something is seen", paint+" > 0")
			times = append(times, eval[float64](p, paint))
		}
		slices.Sort(times)
		t.Logf("first paint of %s: %.0f ms, the median of %.0f", page.name, times[len(times)/2], times)
	}
}

// TestHostileQuery: a query is text wherever it appears.
func TestHostileQuery(t *testing.T) {
	w := need(t)
	query := `"><img src=x onerror=alert(1)><mark>`
	p := open(t, w.chaja+"/?q="+url.QueryEscape(query), desktop)
	p.equal(query, `document.querySelector("h1").textContent`)
	box := openBlog(t, "inline", "ko", desktop)
	box.press("/")
	box.write(query)
	box.until("it has answered", `$(".status").textContent !== ""`)
	box.is(true, `$$("img").length === 0`)
}

// TestNoCookies: nothing that the server sends sets one.
func TestNoCookies(t *testing.T) {
	w := need(t)
	for _, path := range []string{"/", "/tags", "/search-box.js", "/search-page.css", "/search-icon.svg", "/api/v1/suggest?q=a"} {
		response, err := http.Get(w.chaja + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK || len(response.Cookies()) > 0 {
			t.Errorf("%s answers %d with cookies %v", path, response.StatusCode, response.Cookies())
		}
	}
}
