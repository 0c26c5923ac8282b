package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestSiteURL: the links of the search page lead to the site, and keep its folder.
func TestSiteURL(t *testing.T) {
	site := indexedSite(t)
	for given, want := range map[string]string{"https://blog.example.org": "https://blog.example.org/", "https://example.org/blog": "https://example.org/blog/"} {
		s := serveSite(t, "--site", site, "--site-url", given)
		response, err := http.Get(s.base + "/?after=1970")
		must(t, err)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		must(t, err)
		for _, link := range []string{`<a href="` + want + `2`, `data-address="` + want + `2`, `site="` + want + `"`} {
			if !strings.Contains(string(body), link) {
				t.Errorf("--site-url %s: no %s in the page:\n%s", given, link, body)
			}
		}
	}
}

func TestSiteURLMustBeAnAddress(t *testing.T) {
	for _, text := range []string{"", "blog", "ftp://example.org", "https://", "javascript:alert(1)"} {
		if err := new(siteURL).Set(text); err == nil {
			t.Errorf("--site-url %q is taken", text)
		}
	}
}
