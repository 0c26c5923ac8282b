package browser

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// replay sends the events of one order to the input of the box; what is composed is in the input as browsers have it. It
// returns what was submitted, what the server was asked, and whether the list was ever without posts after the first.
const replay = `async (lines) => {
	const wait = (time) => new Promise((done) => setTimeout(done, time));
	const input = $("input");
	const fire = (event) => input.dispatchEvent(event);
	input.value = "";
	fire(new InputEvent("input", { inputType: "deleteContentBackward", bubbles: true }));
	submits.length = 0;
	const asked = [];
	const fetched = window.fetch;
	window.fetch = (url, options) => {
		const query = new URL(url).searchParams.get("q");
		if (query && url.pathname.endsWith("/search")) asked.push(query);
		return fetched(url, options);
	};
	let lost = false, filled = false;
	const watch = new MutationObserver(() => {
		const posts = Boolean($(".list .post"));
		lost ||= filled && !posts;
		filled ||= posts;
	});
	watch.observe($(".list"), { childList: true });
	let before = "";
	const set = (value, data, inputType, isComposing) => {
		input.value = value;
		fire(new InputEvent("input", { data, inputType, isComposing, bubbles: true }));
	};
	for (const line of lines) {
		const [what, key = "", code, more] = line.split(" ");
		const options = { key, code: /Enter|Process/.test(key) ? "Enter" : key, keyCode: Number(code || 13), bubbles: true, composed: true, cancelable: true,
			isComposing: more === "composing", repeat: more === "repeat" };
		if (what === "start") { before = input.value; fire(new CompositionEvent("compositionstart")); }
		if (what === "update") {
			fire(new CompositionEvent("compositionupdate", { data: key }));
			set(before + key, key, "insertCompositionText", true);
		}
		if (what === "end") { input.value = before + key; fire(new CompositionEvent("compositionend", { data: key })); }
		if (what === "insert") set(before + key, key, "insertText", false);
		if (what === "delete") set(before, null, "deleteCompositionText", true);
		if (what === "paste") set(before + key, key, "insertFromComposition", true);
		if (what === "erase") set("", null, "deleteContentBackward", false);
		if (what === "down") fire(new KeyboardEvent("keydown", options));
		if (what === "up") fire(new KeyboardEvent("keyup", options));
		if (what === "submit") input.form.requestSubmit();
		if (what === "wait") await wait(400);
		if (what === "pause") { await wait(Number(key)); window.fetch = fetched; }
	}
	await wait(400);
	watch.disconnect();
	window.fetch = fetched;
	return { submitted: submits.join(), asked: asked.join(), lost };
}`

// replayed is what an order led to.
type replayed struct {
	Submitted, Asked string
	Lost             bool
}

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
			p.run("window.replayed = undefined; (" + replay + ")(" + string(lines) + ".map((line) => line.trim())).then((r) => { replayed = r })")
			p.until("the order is over", "replayed !== undefined")
			got := eval[replayed](p, "replayed")
			submitted, asked, checked := strings.Cut(want, "asked")
			if want := strings.TrimSpace(submitted); got.Submitted != want {
				t.Errorf("submitted %q, want %q", got.Submitted, want)
			}
			if want := strings.TrimSpace(asked); checked && (got.Asked != want || got.Lost && want != "ㅋ") {
				t.Errorf("asked %q, want %q; the list was thrown away: %t", got.Asked, want, got.Lost)
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
