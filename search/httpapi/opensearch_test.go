package httpapi

import (
	"bufio"
	"encoding/xml"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

func TestOpenSearch(t *testing.T) {
	tests := []struct{ name, host, proto, prefix, remote, base, short string }{
		{"plain", "blog.example:7310", "", "", "203.0.113.7:1", "http://blog.example:7310", "blog.example:731"},
		{"HTTPS before a proxy", "blog.example", "https", "", "10.0.0.1:1", "https://blog.example", "blog.example"},
		{"a claim of HTTPS", "blog.example", "https", "", "203.0.113.7:1", "http://blog.example", "blog.example"},
		{"below a path", "blog.example", "https", "/search/", "10.0.0.1:1", "https://blog.example/search", "blog.example"},
		{"a claim of a path", "blog.example", "", "/search", "203.0.113.7:1", "http://blog.example", "blog.example"},
		{"another host for a path", "blog.example", "", "//evil.example", "10.0.0.1:1", "http://blog.example", "blog.example"},
		{"markup for a host", `"><script>`, "", "", "203.0.113.7:1", `http://"><script>`, `"><script>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := from(t, tt.remote, "GET", "/opensearch.xml", "X-Forwarded-Proto", tt.proto, "X-Forwarded-Prefix", tt.prefix)
			r.Host = tt.host
			w := do(newAPI(t, &fake{}, Options{TrustedProxies: prefixes(t, "10.0.0.0/8")}), r)
			var got openSearchDescription
			if err := xml.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Header().Get("Content-Type") != mediaOpenSearch {
				t.Fatalf("%v, %v\n%s", err, w.Header(), w.Body)
			}
			want := openSearchDescription{
				XMLName:   xml.Name{Space: "http://a9.com/-/spec/opensearch/1.1/", Local: "OpenSearchDescription"},
				ShortName: tt.short, Description: "Search " + tt.host, InputEncoding: "UTF-8",
				URLs: []openSearchURL{
					{"text/html", "", tt.base + "/?q={searchTerms}"},
					{mediaSuggestions, "", tt.base + "/opensearch/suggest?q={searchTerms}"},
					{mediaOpenSearch, "self", tt.base + "/opensearch.xml"},
				},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestOpenSearchWithoutHost: a client that does not say whom it asks, as with HTTP/1.0, gets the address it has reached.
func TestOpenSearchWithoutHost(t *testing.T) {
	address, _, _ := serve(t, newAPI(t, &fake{}, Options{}))
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /opensearch.xml HTTP/1.0\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var got openSearchDescription
	if err := xml.NewDecoder(response.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.ShortName != address[:min(len(address), 16)] || got.URLs[0].Template != "http://"+address+"/?q={searchTerms}" {
		t.Errorf("%+v", got)
	}
}

func TestBrowserSuggestions(t *testing.T) {
	for _, found := range [][]search.Completion{nil, {{Text: "C++"}, {Text: "카프카"}}} {
		w := do(newAPI(t, &fake{suggestions: search.Suggestions{Suggestions: found}}, Options{}), from(t, "203.0.113.7:1", "GET", "/opensearch/suggest?q=c"))
		want := "[\"c\",[]]\n"
		if found != nil {
			want = "[\"c\",[\"C++\",\"카프카\"]]\n"
		}
		if got := w.Body.String(); got != want || w.Header().Get("Content-Type") != mediaSuggestions {
			t.Errorf("%q as %s, want %q", got, w.Header().Get("Content-Type"), want)
		}
	}
}
