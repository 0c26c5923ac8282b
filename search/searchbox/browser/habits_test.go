package browser

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

const (
	isOpen  = `$(".below").classList.contains("open")`
	focused = `document.activeElement.shadowRoot?.activeElement === $("input")`
	resting = 150 * time.Millisecond // after a key until the question is with the server
)

// TestHabits: what people do with a search box, one habit a row.
func TestHabits(t *testing.T) {
	w := need(t)
	for _, habit := range []struct {
		name, box string
		do        func(p *tab)
	}{
		{"one Escape closes and keeps the query", "", func(p *tab) {
			p.ask("kafka")
			p.press(escape)
			p.until("it is closed", `!$("dialog").open`)
			p.equal("kafka", `$("input").value`)
		}},
		{"an emptied box waits for nothing", "inline", func(p *tab) {
			p.press("/")
			w.blog.delay.Store(int64(400 * time.Millisecond))
			p.write("k")
			time.Sleep(resting)
			p.run(`$("input").select()`)
			p.press("\b")
			time.Sleep(1200 * time.Millisecond)
			p.equal("", `$(".status").textContent`)
		}},
		{"who asks again by the button stays in the box", "inline", func(p *tab) {
			p.allowed = "502"
			w.blog.down.Store(true)
			p.press("/")
			p.write("kafka")
			p.until("the server is down", `!!$(".state .chip")`)
			w.blog.down.Store(false)
			p.run(`$(".state .chip").focus()`)
			p.press(enter)
			p.results()
			p.is(true, focused)
		}},
		{"an answer does not open what Escape closed", "inline", func(p *tab) {
			p.ask("kafka")
			w.blog.delay.Store(int64(300 * time.Millisecond))
			p.write("x")
			time.Sleep(resting)
			p.press(escape)
			time.Sleep(400 * time.Millisecond)
			p.is(false, isOpen)
			p.press(down)
			p.until("it asks again", isOpen)
		}},
		{"a box that is not displayed takes no key", "", func(p *tab) {
			p.run(`document.querySelector("nav").style.display = "none"`)
			p.press("/")
			p.run(`document.querySelector("chaja-search").open()`)
			p.is(false, `$("dialog").open`)
		}},
		{"Tab does not stop at the list", "", func(p *tab) {
			p.ask("kafka")
			for range 10 {
				p.press(tabKey)
				p.is(false, `document.activeElement.shadowRoot?.activeElement === $(".list")`)
			}
		}},
		{"a selection drawn out of the dialog leaves it open, a click beside it does not", "", func(p *tab) {
			p.ask("kafka")
			p.mouse(`$("input")`, [2]float64{60, 20}, [2]float64{-700, 20})
			p.is(true, `$("dialog").open`)
			p.mouse(`document.body`, [2]float64{9, 9}, [2]float64{9, 9})
			p.until("it is closed", `!$("dialog").open`)
		}},
		{"a result in a new tab leaves the dialog open", "", func(p *tab) {
			p.ask("kafka")
			p.run(`addEventListener("click", (e) => e.preventDefault());
				$("a.post").dispatchEvent(new MouseEvent("click", { ctrlKey: true, bubbles: true, composed: true, cancelable: true }))`)
			p.is(true, `$("dialog").open`)
		}},
		{"the page behind the dialog stays where it is", "", func(p *tab) {
			p.run(`document.querySelector("main").style.height = "3000px"`)
			wheel := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: 50, Y: 400, DeltaX: 1, DeltaY: 200}
			width := p.text(`String(document.querySelector("main").clientWidth)`)
			p.openDialog()
			call(p, input.DispatchMouseEvent, wheel)
			time.Sleep(resting)
			p.equal("0", `String(scrollY)`)
			p.equal(width, `String(document.querySelector("main").clientWidth)`)
			p.press(escape)
			p.until("it is closed", `!$("dialog").open && !document.adoptedStyleSheets.length`)
			call(p, input.DispatchMouseEvent, wheel)
			p.until("it scrolls", `scrollY > 0`)
		}},
		{"a click beside what the panel says leaves it open", "inline", func(p *tab) {
			p.ask("kafka")
			for _, part := range []string{".list", ".foot", ".chips"} {
				p.mouse(`$("`+part+`")`, [2]float64{-3, -3}, [2]float64{-3, -3})
				p.is(true, isOpen+" && "+focused)
			}
		}},
		{"the address of the server needs no slash", `inline server="/search"`, func(p *tab) { p.ask("kafka") }},
		{"the box alone finds the search page by its script", "", func(p *tab) {
			p.run(`document.querySelector("chaja-search form").remove()`)
			p.ask("kafka")
			p.equal("/search/?q=kafka&prefix=1", `(({ pathname, search }) => pathname + search)($(".all"))`)
		}},
		{"a tag that leaves nothing of another query is let go", "inline", func(p *tab) {
			p.ask("kafka")
			p.run(`$(".chip").click()`)
			p.until("the chip is pressed", `$(".chip").ariaPressed === "true"`)
			p.run(`$("input").select()`)
			p.write("kuberentes")
			p.until("it is corrected", `/kubernetes/i.test($(".notice").textContent) && $$(".post").length > 0`)
			p.is(false, `$$(".chip").some((c) => c.ariaPressed === "true")`)
		}},
		{"a tag is seen while the server is down", "inline", func(p *tab) {
			p.allowed = "502"
			p.ask("kafka")
			p.run(`$(".chip").click()`)
			p.until("the chip is pressed", `$(".chip").ariaPressed === "true"`)
			w.blog.down.Store(true)
			p.write(" l")
			p.until("the server is down", `!!$(".state .chip")`)
			p.equal("true", `$(".chips .chip").ariaPressed`)
		}},
		{"an arrow before the answer goes into the answer", "", func(p *tab) {
			p.ask("kafka")
			w.blog.delay.Store(int64(300 * time.Millisecond))
			p.run(`$("input").select(); window.before = $(".list").firstChild`)
			p.write("쿼리")
			p.press(down, down)
			p.is(true, `!$("[aria-selected=true]")`)
			p.until("there is another list", `$(".list").firstChild !== before`)
			p.is(true, `$$("[role=option]")[1].ariaSelected === "true"`)
		}},
		{"the panel of a narrow box is wide enough and on the page", "inline", func(p *tab) {
			p.run(`document.querySelector("chaja-search").style.width = "150px"`) // at the right end of its line
			p.ask("kafka")
			p.is(true, `(({ left, right, width }) => width >= 300 && left >= 0 && right <= innerWidth)($(".below").getBoundingClientRect())`)
		}},
		{"what could not be used of a query is said", "inline", func(p *tab) {
			p.press("/")
			p.write("!!!") // the server says why nothing is found, in the place of the usual advice
			p.until("it is said", `!!$(".state") && !$(".state").textContent.includes("검색어를 줄이거나")`)
		}},
		{"a query beyond all limits gets the server's reason", "inline", func(p *tab) {
			p.allowed = "400"
			p.press("/")
			p.write(strings.Repeat("긴 ", 5000))
			p.until("it is said", `$(".notice").textContent.includes("매개변수 q")`)
		}},
		{"the Enter that leaves the dialog does not open it again", "", func(p *tab) {
			p.run(`$(".trigger").focus()`)
			p.press(enter)
			p.until("it is open", `$("dialog").open && `+focused)
			p.compose("한")
			call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "rawKeyDown", Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 229})
			p.commit("한")
			held := input.DispatchKeyEventParams{Type: "keyDown", Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, Text: "\r"}
			for range 3 {
				call(p, input.DispatchKeyEvent, held)
				held.AutoRepeat = new(true)
			}
			call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyUp", Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13})
			p.equal("한", `submits.join()`)
			p.is(false, `$("dialog").open`)
		}},
	} {
		t.Run(habit.name, func(t *testing.T) {
			p := openBlog(t, habit.box+" ", "ko", desktop)
			defer w.blog.delay.Store(0)
			defer w.blog.down.Store(false)
			habit.do(p)
		})
	}
}

// TestShortcuts presses keys in many places; "/" and Ctrl-K open the dialog, but not where somebody writes.
func TestShortcuts(t *testing.T) {
	p := openBlog(t, " ", "ko", desktop)
	p.run(`const host = (mode, child) => {
			const element = document.body.appendChild(document.createElement("div"));
			return element.attachShadow({ mode }).appendChild(document.createElement(child));
		};
		window.place = { body: document.activeElement, input: document.querySelector("#comment"), closed: host("closed", "input"), open: host("open", "textarea"),
			link: document.querySelector("nav a"), editable: document.body.appendChild(document.createElement("p")) };
		place.editable.contentEditable = "true"`)
	key := func(key, code string, modifiers int64) input.DispatchKeyEventParams {
		e := input.DispatchKeyEventParams{Type: "keyDown", Key: key, Code: code, WindowsVirtualKeyCode: 75, Modifiers: modifiers}
		if modifiers == 0 || modifiers == 8 {
			e.Text = key
		}
		return e
	}
	const ctrl, meta, shift = 2, 4, 8
	for _, test := range []struct {
		name, place string
		event       input.DispatchKeyEventParams
		opens       bool
	}{
		{"slash on the page", "body", key("/", "Slash", 0), true},
		{"slash on a link", "link", key("/", "Slash", 0), true},
		{"slash that needs Shift", "body", key("/", "Digit7", shift), true},
		{"slash with Ctrl", "body", key("/", "Slash", ctrl), false},
		{"slash in an input", "input", key("/", "Slash", 0), false},
		{"slash in an editable text", "editable", key("/", "Slash", 0), false},
		{"slash in an open shadow root", "open", key("/", "Slash", 0), false},
		{"slash in a closed shadow root", "closed", key("/", "Slash", 0), false},
		{"k", "body", key("k", "KeyK", 0), false},
		{"ㅏ", "body", key("ㅏ", "KeyK", 0), false},
		{"Ctrl-K", "input", key("k", "KeyK", ctrl), true},
		{"Cmd-K", "body", key("k", "KeyK", meta), true},
		{"Ctrl-K with a Korean keyboard", "body", key("ㅏ", "KeyK", ctrl), true},
		{"Ctrl-K with a Russian keyboard", "body", key("л", "KeyK", ctrl), true},
		{"Ctrl-T at the place of K", "body", key("t", "KeyK", ctrl), false},
		{"Ctrl-Shift-K", "body", key("K", "KeyK", ctrl|shift), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			p.run(`place["` + test.place + `"].focus()`)
			call(p, input.DispatchKeyEvent, test.event)
			if got := eval[bool](p, `$("dialog").open`); got != test.opens {
				t.Errorf("the dialog is open: %t", got)
			}
			p.run(`document.querySelector("chaja-search").dialog.close(); document.activeElement.blur()`)
		})
	}
	p.run(`document.body.dispatchEvent(new Event("keydown", { bubbles: true }))`) // as filled forms send it: no key, no error
	p.equal("/", `place.closed.value`)
}

// TestOffline: it says so, and searches once the connection is back.
func TestOffline(t *testing.T) {
	w := need(t)
	p := openBlog(t, "inline", "ko", desktop)
	p.allowed = "502"
	defer w.blog.down.Store(false)
	line := func(offline bool) {
		w.blog.down.Store(offline)
		call(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1})
	}
	line(true)
	p.press("/")
	p.write("kafka")
	p.until("it says so", `$(".notice").textContent.includes("인터넷")`)
	line(false)
	p.results()
}

// TestElsewhere: a site of another origin names the server in its policy, and that is all.
func TestElsewhere(t *testing.T) {
	w := need(t)
	p := open(t, w.elsewhere+"/", desktop)
	p.helpers()
	p.openDialog()
	p.write("쿼리")
	p.results()
	p.is(true, `$$("a.post").every((a) => a.href.startsWith(origin)) && $(".all").href.startsWith("`+w.chaja+`/?q=")`)
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.do(chromedp.Navigate(w.elsewhere + "/"))
	p.run(`document.querySelector("input").value = "쿼리"; document.querySelector("button").click()`)
	p.until("the form leads to the search page", `location.href.startsWith("`+w.chaja+`/?q=") && document.querySelectorAll("article").length > 0`)
}

// TestReducedMotion: nothing moves for those who do not want it.
func TestReducedMotion(t *testing.T) {
	p := openBlog(t, " ", "ko", desktop)
	for motion, want := range map[string]string{"no-preference": "rise", "reduce": "none"} {
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: motion}},
		})
		p.openDialog()
		p.equal(want, `getComputedStyle($("dialog")).animationName`)
		p.press(escape)
		p.until("it is closed", `!$("dialog").open`)
	}
}
