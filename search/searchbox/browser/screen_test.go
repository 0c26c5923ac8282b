package browser

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"chaja/search/hangul"
)

// screen is an X server that nobody sees, with a real input method: ibus-hangul.
type screen struct {
	*testing.T
	env []string
}

// newScreen starts all of it, or skips the test where something of it is not installed.
func newScreen(t *testing.T) *screen {
	t.Helper()
	need(t)
	for _, program := range []string{"Xvfb", "xdotool", "dbus-daemon", "ibus-daemon", "ibus"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv(requiredVariable) != "" {
				t.Fatalf("%s must be here", program)
			}
			t.Skipf("no %s; on Debian: apt-get install xvfb xdotool dbus ibus ibus-hangul ibus-gtk3", program)
		}
	}
	home := t.TempDir()
	s := &screen{T: t, env: []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_RUNTIME_DIR=" + home, "GTK_IM_MODULE=ibus", "XMODIFIERS=@im=ibus",
		"GSETTINGS_BACKEND=keyfile", "LANG=C.UTF-8", "NO_AT_BRIDGE=1"}}
	settings := filepath.Join(home, "glib-2.0", "settings")
	if err := os.MkdirAll(settings, 0o700); err != nil {
		t.Fatal(err)
	}
	const korean = "[org/freedesktop/ibus/engine/hangul]\ninitial-input-mode='hangul'\n"
	if err := os.WriteFile(filepath.Join(settings, "keyfile"), []byte(korean), 0o600); err != nil {
		t.Fatal(err)
	}
	s.env = append(s.env, "DISPLAY=:"+s.serve("Xvfb", "-displayfd", "1", "-screen", "0", "1200x900x24", "-nolisten", "tcp"))
	s.env = append(s.env, "DBUS_SESSION_BUS_ADDRESS="+s.serve("dbus-daemon", "--session", "--nofork", "--print-address=1"))
	s.do("ibus-daemon", "-d", "-x", "-r", "--panel=disable") // the panel would choose another engine
	t.Cleanup(func() { s.do("ibus", "exit") })
	for end := time.Now().Add(patience); !strings.Contains(s.out("ibus", "engine"), "hangul"); time.Sleep(200 * time.Millisecond) {
		_ = s.out("ibus", "engine", "hangul")
		if time.Now().After(end) {
			t.Fatal("ibus has no engine called hangul")
		}
	}
	return s
}

func (s *screen) command(name string, arguments ...string) *exec.Cmd {
	cmd := exec.Command(name, arguments...)
	cmd.Env = append(os.Environ(), s.env...)
	return cmd
}

// serve starts a server, which ends with the test, and returns the first line that it prints.
func (s *screen) serve(name string, arguments ...string) string {
	s.Helper()
	cmd := s.command(name, arguments...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.Fatalf("%s: %v", name, err)
	}
	return strings.TrimSpace(line)
}

func (s *screen) do(name string, arguments ...string) {
	s.Helper()
	if out, err := s.command(name, arguments...).CombinedOutput(); err != nil {
		s.Errorf("%s %s: %v\n%s", name, arguments, err, out)
	}
}

func (s *screen) out(name string, arguments ...string) string {
	out, _ := s.command(name, arguments...).CombinedOutput()
	return string(out)
}

// keys presses keys, so many milliseconds apart.
func (s *screen) keys(delay int, keys ...string) {
	s.Helper()
	for _, key := range keys {
		s.do("xdotool", "key", "--delay", "1", key)
		time.Sleep(time.Duration(delay) * time.Millisecond)
	}
}

// seen is a page of a browser on the screen.
type seen interface {
	run(script string)
	text(expression string) string
	until(what, expression string)
}

// chromium is a page of a Chromium on the screen.
type chromium struct{ *tab }

func (c chromium) text(expression string) string { return c.tab.text("String(" + expression + ")") }

func (s *screen) chromium(address string) seen {
	s.Helper()
	path, err := findChromium()
	if err != nil {
		s.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(s.TempDir()),
		chromedp.Flag("headless", false), chromedp.WindowSize(1100, 800), chromedp.Env(s.env...))
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	s.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	s.Cleanup(cancel)
	p := &tab{T: s.T, ctx: ctx}
	p.do(chromedp.Navigate(address))
	return chromium{p}
}

func (s *screen) firefox(address string) seen {
	s.Helper()
	f := openFirefox(s.T, s.env, "--width", "1100", "--height", "800")
	f.visit(address)
	return f
}

// inReach puts $ and $$ where scripts find them, and keeps what would be submitted.
const inReach = `window.$ = (s) => document.querySelector("chaja-search").shadowRoot.querySelector(s);
	window.$$ = (s) => [...document.querySelector("chaja-search").shadowRoot.querySelectorAll(s)];
	window.submits = []; addEventListener("chaja-submit", (e) => { e.preventDefault(); submits.push(e.detail.query); })`

// TestInputMethod types into real browsers with a real input method: every syllable arrives, the server is asked for what was
// typed, never twice in a row for the same, and what is seen at the end is the answer to it.
func TestInputMethod(t *testing.T) {
	w := need(t)
	for _, name := range []string{"chromium", "firefox"} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			open := s.chromium
			if name == "firefox" {
				open = s.firefox
			}
			p := open(w.blog.URL + "/?box=inline")
			p.until("the box is there", `Boolean(document.querySelector("chaja-search")?.shadowRoot)`)
			p.run(inReach)
			window := strings.Fields(s.out("xdotool", "search", "--sync", "--onlyvisible", "--class", name))
			s.do("xdotool", "windowfocus", "--sync", window[len(window)-1])
			s.do("xdotool", "mousemove", "600", "700", "click", "1")
			for _, speed := range []int{25, 130} {
				for _, word := range []string{"초당옥수수", "카프카", "ㅋㅍㅋ", "스프링boot", "쿼리"} {
					t.Run(fmt.Sprintf("%s, %d ms", word, speed), func(t *testing.T) { s.types(t, p, w.blog, word, speed) })
				}
			}
			t.Run("Backspace, arrows, Escape and a click", func(t *testing.T) { s.edits(t, p, w.blog) })
		})
	}
}

// begin empties the box and puts the cursor into it.
func (s *screen) begin(p seen, b *blog) {
	p.run(`document.activeElement.blur(); $("input").value = ""; $("input").dispatchEvent(new InputEvent("input")); submits.length = 0; document.querySelector("chaja-search").open()`)
	p.until("the cursor is there", `document.activeElement.shadowRoot?.activeElement === $("input")`)
	time.Sleep(200 * time.Millisecond)
	b.questions()
}

// strokes are the keys of a word on a Korean keyboard; the Hangul key goes over to Latin letters and back.
func strokes(word string) (keys []string) {
	latin := false
	for _, r := range word {
		if toLatin := r < 0x80; toLatin != latin {
			keys, latin = append(keys, "Hangul"), toLatin
		}
		for _, key := range hangul.ToLatin(string(r)) {
			if 'A' <= key && key <= 'Z' {
				keys = append(keys, "shift+"+strings.ToLower(string(key)))
			} else {
				keys = append(keys, string(key))
			}
		}
	}
	if latin {
		keys = append(keys, "Hangul")
	}
	return keys
}

func (s *screen) types(t *testing.T, p seen, b *blog, word string, speed int) {
	s.begin(p, b)
	s.keys(speed, strokes(word)...)
	p.until("it is written", fmt.Sprintf(`$("input").value === %q`, word))
	p.until("the answer is there", fmt.Sprintf(`new URL($(".all")?.href || "x:?q=").searchParams.get("q") === %q || $(".state")?.textContent.includes(%[1]q)`, word))
	asked := b.questions()
	if len(asked) == 0 || asked[len(asked)-1] != word || len(slices.Compact(slices.Clone(asked))) != len(asked) {
		t.Errorf("asked %q, want %q last and nothing twice in a row", asked, word)
	}
	s.keys(speed, "Return")
	p.until("it is submitted", `submits.length > 0`)
	time.Sleep(150 * time.Millisecond)
	if got := p.text(`submits.join()`); got != word {
		t.Errorf("submitted %q, want %q once", got, word)
	}
}

func (s *screen) edits(t *testing.T, p seen, b *blog) {
	s.begin(p, b)
	s.keys(60, strokes("쿼리")...)
	s.keys(60, "BackSpace")
	p.until("one letter is gone", `$("input").value === "쿼ㄹ"`)
	s.keys(60, "l") // ㅣ
	p.until("it is back", `$("input").value === "쿼리" && $$(".post").length > 0 && $(".all").href.includes(encodeURIComponent("쿼리"))`)
	s.keys(60, "Down")
	p.until("the first is chosen", `$$("[aria-selected=true]").length === 1 && $("input").value === "쿼리"`)
	s.keys(60, "Escape")
	p.until("it is closed", `!$(".below").classList.contains("open") && $("input").value === "쿼리"`)
	s.keys(60, "Hangul") // Escape has gone over to Latin letters

	s.begin(p, b)
	s.keys(60, strokes("쿼")...)
	p.until("there are tags", `$$(".open .chip").length > 1`)
	x := p.text(`Math.round(($(".chip").getBoundingClientRect().left + 12 + (window.mozInnerScreenX ?? screenX + (outerWidth - innerWidth) / 2)))`)
	y := p.text(`Math.round(($(".chip").getBoundingClientRect().top + 12 + (window.mozInnerScreenY ?? screenY + outerHeight - innerHeight)))`)
	s.do("xdotool", "mousemove", x, y, "click", "1")
	p.until("the tag is chosen and the syllable is there", `$(".chip")?.ariaPressed === "true" && $("input").value === "쿼"`)
}
