package browser

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// replay sends the events of one order to the input of the box; what is composed is in the input as browsers have it.
const replay = `async (lines) => {
	const wait = () => new Promise((done) => setTimeout(done, 100));
	const input = $("input");
	input.value = "";
	submits.length = 0;
	let before = "";
	const fire = (event) => input.dispatchEvent(event);
	for (const line of lines) {
		const [what, key, code, more] = line.split(" ");
		const options = { key, code: /Enter|Process/.test(key) ? "Enter" : key, keyCode: Number(code || 13), bubbles: true, composed: true, cancelable: true,
			isComposing: more === "composing", repeat: more === "repeat" };
		if (what === "start") { before = input.value; fire(new CompositionEvent("compositionstart")); }
		if (what === "update") {
			fire(new CompositionEvent("compositionupdate", { data: key }));
			input.value = before + key;
			fire(new InputEvent("input", { data: key, isComposing: true, bubbles: true }));
		}
		if (what === "end") { input.value = before + key; fire(new CompositionEvent("compositionend", { data: key })); }
		if (what === "down") fire(new KeyboardEvent("keydown", options));
		if (what === "up") fire(new KeyboardEvent("keyup", options));
		if (what === "submit") input.form.requestSubmit();
		if (what === "wait") await wait();
	}
	await wait();
	return submits.join();
}`

// TestOrders replays testdata/orders.txt.
func TestOrders(t *testing.T) {
	need(t)
	file, err := os.ReadFile("testdata/orders.txt")
	if err != nil {
		t.Fatal(err)
	}
	p := openBlog(t, "inline", "ko", desktop)
	for _, order := range strings.Split(string(file), "=== ")[1:] {
		name, rest, _ := strings.Cut(order, "\n")
		t.Run(name, func(t *testing.T) {
			events, want, ok := strings.Cut(rest, "=>")
			if !ok {
				t.Fatal("no => in the order")
			}
			lines, err := json.Marshal(slices.Collect(strings.Lines(strings.TrimSpace(events))))
			if err != nil {
				t.Fatal(err)
			}
			p.run("window.submitted = undefined; (" + replay + ")(" + string(lines) + ".map((line) => line.trim())).then((s) => { submitted = s })")
			p.until("the order is over", "submitted !== undefined")
			if got, want := p.text("submitted"), strings.TrimSpace(want); got != want {
				t.Errorf("submitted %q, want %q", got, want)
			}
		})
	}
}

// TestComposition composes with Chromium's own input method events.
func TestComposition(t *testing.T) {
	p := openBlog(t, "highlight", "ko", desktop)
	p.openDialog()
	p.run(`window.input = $("input")`)
	for _, step := range []string{"ㅋ", "쿠", "쿼", "쿼ㄹ", "쿼리"} {
		p.compose(step)
		p.equal(step, `$("input").value`)
	}
	p.results() // while the syllable is being composed
	p.is(true, `$$(".post").some((o) => o.textContent.includes("쿼리"))`)
	p.commit("쿼리")
	p.write(" ")
	p.compose("느")
	p.compose("느린")
	p.commit("느린")
	p.equal("쿼리 느린", `$("input").value`)
	p.is(true, `window.input === $("input")`)
	p.press(enter)
	p.equal("쿼리 느린", `submits.join()`)
}

// TestFirstJamo: one consonant brings suggestions.
func TestFirstJamo(t *testing.T) {
	p := openBlog(t, "inline", "ko", desktop)
	p.press("/")
	p.compose("ㅋ")
	p.until("there are suggestions", `$$(".open .suggestion").length > 0`)
}
