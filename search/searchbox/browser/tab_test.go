package browser

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tab is a page in the browser.
type tab struct {
	*testing.T
	ctx context.Context

	mu      sync.Mutex
	allowed string // part of an error that the test provokes
	ignored string // part of what the browser says to that
	errors  []string
}

// view is how a person looks at a page.
type view struct {
	width, height int64
	scale         float64 // device pixels to a CSS pixel
	dark          bool
	language      string // Accept-Language
}

var desktop = view{1100, 760, 1, false, "ko"}

// open opens a page and fails the test at its end if the page's console had an error.
func open(t *testing.T, address string, v view) *tab {
	t.Helper()
	w := need(t)
	ctx, cancel := chromedp.NewContext(w.browser)
	ctx, stop := context.WithTimeout(ctx, 2*time.Minute)
	p := &tab{T: t, ctx: ctx}
	t.Cleanup(func() {
		p.checkConsole()
		stop()
		cancel()
	})
	if err := chromedp.Listen(ctx, p.listen); err != nil {
		t.Fatal(err)
	}
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	call(p, log.Enable, cdp.Empty{})
	call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}) // or keys may go to another tab
	call(p, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": v.language}})
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: v.width, Height: v.height, DeviceScaleFactor: v.scale})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	p.do(chromedp.Navigate(address))
	return p
}

// openBlog opens a page of the blog whose box has the attributes, without recent searches.
func openBlog(t *testing.T, attributes, lang string, v view) *tab {
	t.Helper()
	return openBlogPage(t, url.Values{"box": {attributes}, "lang": {lang}}, v)
}

// openBlogPage opens a page of the blog with these parameters.
func openBlogPage(t *testing.T, parameters url.Values, v view) *tab {
	t.Helper()
	w := need(t)
	p := open(t, w.blog.URL+"/?"+parameters.Encode(), v)
	p.run(`localStorage.clear()`)
	p.helpers()
	return p
}

// helpers waits for the box and lets scripts look into it; submits are the queries that it would have searched for.
func (p *tab) helpers() {
	p.Helper()
	p.until("the box is there", `!!document.querySelector("chaja-search").shadowRoot`)
	p.run(`window.$ = (s) => document.querySelector("chaja-search").shadowRoot.querySelector(s);
		window.$$ = (s) => [...document.querySelector("chaja-search").shadowRoot.querySelectorAll(s)];
		window.submits = []; addEventListener("chaja-submit", (e) => { e.preventDefault(); submits.push(e.detail.query); })`)
}

func (p *tab) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.errors = append(p.errors, (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			p.errors = append(p.errors, fmt.Sprint("console: ", string(e.Args[0].Value)))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			p.errors = append(p.errors, e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

func (p *tab) checkConsole() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.errors {
		expected := p.allowed != "" && strings.Contains(e, p.allowed) || p.ignored != "" && (strings.Contains(e, p.ignored) || strings.Contains(e, "ERR_FAILED"))
		if !expected {
			p.Errorf("the page's console says: %s", e)
		}
	}
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.Fatal(err)
	}
}

// call gives the browser a command.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, command, params); err != nil {
		p.Fatalf("%s: %v", command.Method, err)
	}
}

// eval runs a script and returns what it gives.
func eval[T any](p *tab, script string) T {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		p.Fatalf("%s: %v", script, err)
	}
	return value
}

// run runs a script for what it does.
func (p *tab) run(script string) { p.Helper(); eval[bool](p, script+"; true") }

func (p *tab) text(script string) string { p.Helper(); return eval[string](p, script) }

func (p *tab) is(want bool, script string) {
	p.Helper()
	if got := eval[bool](p, script); got != want {
		p.Errorf("%s is %t", script, got)
	}
}

// equal fails the test unless the script gives the text.
func (p *tab) equal(want, script string) {
	p.Helper()
	if got := p.text(script); got != want {
		p.Errorf("%s is %q, want %q", script, got, want)
	}
}

// until waits until a script gives true.
func (p *tab) until(what, script string) {
	p.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(15 * time.Millisecond) {
		if ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](script)); err == nil && ok {
			return
		}
		if time.Now().After(end) {
			p.Fatalf("after %v still not: %s (%s)\n%s", patience, what, script, p.text(`document.querySelector("chaja-search")?.shadowRoot?.textContent || document.body.innerText`))
		}
	}
}

// press sends real keys, one after the other.
func (p *tab) press(keys ...string) {
	p.Helper()
	for _, key := range keys {
		p.pressWith(0, key)
	}
}

// pressWith sends keys with modifiers held. The character of a key comes with its keydown, so that a page that prevents
// the one prevents the other.
func (p *tab) pressWith(modifiers chromedp.Modifier, keys string) {
	p.Helper()
	for _, r := range keys {
		events := kb.Encode(r)
		down, up := events[0], events[len(events)-1]
		if len(events) == 3 && modifiers == 0 {
			down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
		}
		for _, e := range []*input.DispatchKeyEventParams{down, up} {
			e.Modifiers |= int64(modifiers)
			call(p, input.DispatchKeyEvent, *e)
		}
	}
}

// edit sends the key of an editing command, such as copy or paste.
func (p *tab) edit(command string) {
	p.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: command[:1], Modifiers: 2, Commands: []string{command}})
	}
}

// mouse presses the mouse at one point and lets it go at another; the points are from the upper left corner of an element,
// or from the lower right one where they are negative.
func (p *tab) mouse(element string, from, to [2]float64) {
	p.Helper()
	box := eval[[]float64](p, `(() => { const b = `+element+`.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })()`)
	at := func(kind input.DispatchMouseEventType, point [2]float64) {
		for i := range point {
			if point[i] < 0 {
				point[i] += box[i+2]
			} else {
				point[i] += box[i]
			}
		}
		call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: point[0], Y: point[1], Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1})
	}
	at(input.DispatchMouseEventTypeMousePressed, from)
	if from != to {
		at(input.DispatchMouseEventTypeMouseMoved, to)
	}
	at(input.DispatchMouseEventTypeMouseReleased, to)
}

// write puts a text in at once, as a paste does.
func (p *tab) write(text string) { p.Helper(); p.commit(text) }

// compose sets the text of a composition, as an input method does.
func (p *tab) compose(text string) {
	p.Helper()
	n := int64(len([]rune(text)))
	call(p, input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n})
}

// commit ends a composition with a text.
func (p *tab) commit(text string) {
	p.Helper()
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// openDialog opens the dialog with its key and waits for the cursor.
func (p *tab) openDialog() {
	p.Helper()
	p.press("/")
	p.until("the dialog is open", `$("dialog").open && document.activeElement.shadowRoot?.activeElement === $("input")`)
}

// ask opens the box, writes a query and waits for the results.
func (p *tab) ask(query string) {
	p.Helper()
	p.press("/")
	p.until("the cursor is in the box", `document.activeElement.shadowRoot?.activeElement === $("input")`)
	p.write(query)
	p.results()
}

// results waits for posts in the box.
func (p *tab) results() {
	p.Helper()
	p.until("there are results", `$$(".open .all").length > 0`)
}

const (
	enter, escape, down, up, tabKey = kb.Enter, kb.Escape, kb.ArrowDown, kb.ArrowUp, kb.Tab
)
