package browser

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// preferences of a Firefox that shows nothing of itself. The recommended ones for tests stay away: with some of them no input
// method works.
const preferences = `user_pref("marionette.port", 0);
user_pref("remote.prefs.recommended", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("intl.accept_languages", "ko");
user_pref("ui.systemUsesDarkTheme", 0);
`

// firefox is a Firefox that is driven by Marionette, its protocol for tests (firefox-source-docs.mozilla.org/testing/marionette).
type firefox struct {
	*testing.T
	conn   net.Conn
	in     *bufio.Reader
	number int
}

// openFirefox starts Firefox with more variables of the environment, and arguments. It skips the test where there is none.
func openFirefox(t *testing.T, env []string, arguments ...string) *firefox {
	t.Helper()
	need(t)
	path, err := exec.LookPath("firefox-esr")
	if err != nil {
		if os.Getenv(requiredVariable) != "" {
			t.Fatal("Firefox must be here: apt-get install firefox-esr")
		}
		t.Skip("no Firefox on this machine; on Debian: apt-get install firefox-esr")
	}
	profile := t.TempDir()
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(preferences), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, append([]string{"--marionette", "--no-remote", "--profile", profile}, arguments...)...)
	cmd.Env = append(append(os.Environ(), "HOME="+profile), env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	f := &firefox{T: t}
	t.Cleanup(func() {
		if f.conn != nil {
			_, _ = f.ask("Marionette:Quit", map[string]any{"flags": []string{"eForceQuit"}})
			f.conn.Close()
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case <-ended:
		case <-time.After(patience):
			_ = cmd.Process.Kill()
			<-ended
		}
	})
	f.connect(filepath.Join(profile, "MarionetteActivePort"))
	return f
}

// connect waits for the file with the port and begins a session.
func (f *firefox) connect(file string) {
	f.Helper()
	for end := time.Now().Add(3 * patience); ; time.Sleep(50 * time.Millisecond) {
		if port, err := os.ReadFile(file); err == nil && len(port) > 0 {
			if f.conn, err = net.Dial("tcp", "127.0.0.1:"+strings.TrimSpace(string(port))); err == nil {
				break
			}
		}
		if time.Now().After(end) {
			f.Fatal("Firefox does not begin")
		}
	}
	f.in = bufio.NewReader(f.conn)
	if _, err := f.read(); err != nil { // it says who it is
		f.Fatal(err)
	}
	f.call("WebDriver:NewSession", map[string]any{})
}

// read reads a message: its length, a colon and JSON.
func (f *firefox) read() ([]byte, error) {
	length, err := f.in.ReadString(':')
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		return nil, err
	}
	message := make([]byte, n)
	_, err = io.ReadFull(f.in, message)
	return message, err
}

func (f *firefox) ask(name string, parameters any) (json.RawMessage, error) {
	f.number++
	message, err := json.Marshal([]any{0, f.number, name, parameters})
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(f.conn, "%d:%s", len(message), message); err != nil {
		return nil, err
	}
	answer, err := f.read()
	if err != nil {
		return nil, err
	}
	var parts []json.RawMessage // type, number, error, result
	if err := json.Unmarshal(answer, &parts); err != nil || len(parts) != 4 {
		return nil, fmt.Errorf("answer %s: %w", answer, err)
	}
	if string(parts[2]) != "null" {
		return nil, fmt.Errorf("%s: %s", name, parts[2])
	}
	return parts[3], nil
}

func (f *firefox) call(name string, parameters any) json.RawMessage {
	f.Helper()
	answer, err := f.ask(name, parameters)
	if err != nil {
		f.Fatal(err)
	}
	return answer
}

func (f *firefox) visit(address string) {
	f.Helper()
	f.call("WebDriver:Navigate", map[string]any{"url": address})
}

// run runs a script in the page, with $ and $$ for what is in the box.
func (f *firefox) run(script string) { f.Helper(); f.eval("", script) }

// text returns what an expression gives.
func (f *firefox) text(expression string) (text string) {
	f.Helper()
	var answer struct{ Value any }
	if err := json.Unmarshal(f.eval("return String(", expression+")"), &answer); err != nil {
		f.Fatal(err)
	}
	text, _ = answer.Value.(string)
	return text
}

func (f *firefox) eval(before, script string) json.RawMessage {
	f.Helper()
	const helpers = `const $ = (s) => document.querySelector("chaja-search")?.shadowRoot?.querySelector(s), $$ = (s) => [...document.querySelector("chaja-search").shadowRoot.querySelectorAll(s)]; `
	return f.call("WebDriver:ExecuteScript", map[string]any{"script": helpers + before + script, "args": []any{}, "newSandbox": false})
}

func (f *firefox) until(what, expression string) {
	f.Helper()
	for end := time.Now().Add(patience); f.text(expression) != "true"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			f.Fatalf("after %v still not: %s (%s)\n%s", patience, what, expression, f.text(`$("input")?.value + ": " + $(".below")?.className + " " + $(".below")?.textContent`))
		}
	}
}

func (f *firefox) equal(want, expression string) {
	f.Helper()
	if got := f.text(expression); got != want {
		f.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// press sends keys, with others held.
func (f *firefox) press(keys string, held ...string) {
	f.Helper()
	var actions []map[string]string
	add := func(kind, key string) { actions = append(actions, map[string]string{"type": kind, "value": key}) }
	for _, key := range held {
		add("keyDown", key)
	}
	for _, r := range keys {
		add("keyDown", string(r))
		add("keyUp", string(r))
	}
	for _, key := range held {
		add("keyUp", key)
	}
	f.call("WebDriver:PerformActions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keyboard", "actions": actions}}})
}

// Keys of WebDriver (w3.org/TR/webdriver2, keyboard actions).
const (
	ffTab, ffEnter, ffEscape, ffUp, ffDown, ffControl = "\ue004", "\ue007", "\ue00c", "\ue013", "\ue015", "\ue009"
)

// TestFirefox: the box and the page in Firefox: keys, answers, tab stops, marks, orders of input methods, axe-core.
func TestFirefox(t *testing.T) {
	w := need(t)
	f := openFirefox(t, nil, "--headless")
	f.visit(w.blog.URL + "/?box=highlight")
	f.until("the box is there", `Boolean($("dialog"))`)
	f.press("/")
	f.until("the dialog is open", `$("dialog").open && document.activeElement.shadowRoot?.activeElement === $("input")`)
	f.press("kafka")
	f.until("there are posts", `$$(".open .all").length > 0`)
	f.press(ffTab + ffTab)
	for range 10 {
		if f.press(ffTab); f.text(`document.activeElement.shadowRoot?.activeElement?.matches(".list, .chips, .notice")`) == "true" {
			t.Error("Tab stops at what cannot be operated")
		}
	}
	f.press(ffEscape)
	f.until("it is closed", `!$("dialog").open`)
	f.press("k", ffControl)
	f.until("Ctrl-K opens it", `$("dialog").open`)
	f.press("쿼리")
	f.until("there are posts", `$$(".open .section").length > 0 && $("input").value === "쿼리"`)
	for range 20 {
		if f.press(ffDown); f.text(`Boolean($("[aria-selected=true].section"))`) == "true" {
			break
		}
	}
	f.press(ffEnter)
	f.until("the section is open", `location.hash !== "" && !location.search.includes("highlight=")`)

	f.visit(w.chaja + "/?q=kafka")
	f.until("the box is there", `Boolean($("input"))`)
	f.equal("kafka", `$("input").value`)
	f.visit(w.blog.URL + "/?box=inline&script=defer")
	f.until("a classic script does", `Boolean($("input"))`)
}
