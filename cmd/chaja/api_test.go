package main

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestAPIGuide: the commands of docs/api.md print what it says. A console block is one command after "$ " or several, each
// with what it prints; a line of "..." stands for any lines.
func TestAPIGuide(t *testing.T) {
	t.Chdir("../..")
	t.Setenv("CHAJA_INDEX", t.TempDir())
	fine(t, "index", "--site", "data")
	s := serveSite(t, "--site", "data", "--cors-origin", "https://blog.example")
	guide, err := os.ReadFile("docs/api.md")
	must(t, err)
	shown := 0
	for _, block := range regexp.MustCompile("(?s)```console\n\\$ (.*?)```").FindAllSubmatch(guide, -1) {
		for _, part := range strings.Split(string(block[1]), "\n$ ") {
			command, want, _ := strings.Cut(part, "\n")
			shown++
			t.Run(command, func(t *testing.T) {
				got := askLikeCurl(t, s.base, command)
				if missing, ok := printed(strings.TrimRight(want, "\n"), got); !ok {
					t.Errorf("not printed, or not in this order:\n%s\nprinted:\n%s", missing, got)
				}
			})
		}
	}
	if shown < 10 {
		t.Errorf("%d commands", shown)
	}
}

// differing is what differs from run to run.
var differing = regexp.MustCompile(`("took_ms": )[0-9.]+|(W/)"[0-9a-z]+"|(generation="gen-)[0-9a-z]+`)

// printed reports whether got is want, where a line of "..." stands for any lines; else it returns the first part of want
// that got lacks.
func printed(want, got string) (missing string, ok bool) {
	mask := func(s string) string { return "\n" + differing.ReplaceAllString(s, "$1$2$3*") + "\n" }
	rest := mask(strings.TrimRight(got, "\n"))
	for i, part := range strings.Split("\n"+want+"\n", "\n...\n") {
		part = strings.Trim(part, "\n")
		if part == "" {
			continue
		}
		at := strings.Index(rest, mask(part))
		if at < 0 || i == 0 && at > 0 {
			return part, false
		}
		rest = rest[at+len(mask(part))-1:]
	}
	return rest, strings.HasSuffix(want, "...") || strings.TrimSpace(rest) == ""
}

// askLikeCurl does what the guide does with curl, of which it knows -s, -i, -G, -d, -H and --data-urlencode.
func askLikeCurl(t *testing.T, base, command string) string {
	t.Helper()
	words := regexp.MustCompile(`'[^']*'|\S+`).FindAllString(command, -1)
	for i, word := range words {
		words[i] = strings.Trim(word, "'")
	}
	if words[0] != "curl" {
		t.Fatalf("not a curl: %s", command)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base, nil)
	must(t, err)
	r.Header.Set("Accept-Encoding", "identity")
	query, headers := []string{}, false
	for i := 1; i < len(words); i++ {
		switch word := words[i]; {
		case word == "-d" || word == "--data-urlencode":
			i++
			name, value, _ := strings.Cut(words[i], "=")
			query = append(query, name+"="+url.QueryEscape(value))
		case word == "-H":
			i++
			name, value, _ := strings.Cut(words[i], ": ")
			r.Header.Set(name, value)
		case strings.HasPrefix(word, "http://127.0.0.1:7310"):
			r.URL, err = url.Parse(base + strings.TrimPrefix(word, "http://127.0.0.1:7310"))
			must(t, err)
		case strings.Trim(word, "-siG") == "":
			headers = strings.Contains(word, "i")
		default:
			t.Fatalf("a flag that this test does not know: %s", word)
		}
	}
	if len(query) > 0 {
		r.URL.RawQuery = strings.Join(query, "&")
	}
	if r.Header.Get("If-None-Match") != "" {
		r.Header.Set("If-None-Match", tagOf(t, r.URL.String()))
	}
	response, err := http.DefaultClient.Do(r)
	must(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	must(t, err)
	if !headers {
		return string(body)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s\n", response.Proto, response.Status)
	for _, name := range slices.Sorted(maps.Keys(response.Header)) {
		for _, value := range response.Header[name] {
			fmt.Fprintf(&out, "%s: %s\n", name, value)
		}
	}
	return out.String() + "\n" + string(body)
}

// tagOf is the ETag that a client has got before.
func tagOf(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	must(t, err)
	response.Body.Close()
	return response.Header.Get("Etag")
}
