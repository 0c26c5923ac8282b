package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestSiteURL: the links of the search page lead to the site.
func TestSiteURL(t *testing.T) {
	s := serveSite(t, "--site", indexedSite(t), "--site-url", "https://blog.example.org")
	response, err := http.Get(s.base + "/?after=1970")
	must(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	must(t, err)
	if page := string(body); !strings.Contains(page, `<a href="https://blog.example.org/`) || !strings.Contains(page, `data-address="https://blog.example.org/`) || !strings.Contains(page, `site="https://blog.example.org"`) {
		t.Errorf("the page does not lead to the site:\n%s", page)
	}
}

func TestSiteURLMustBeAnAddress(t *testing.T) {
	for _, text := range []string{"", "blog", "ftp://example.org", "https://", "javascript:alert(1)"} {
		if err := new(siteURL).Set(text); err == nil {
			t.Errorf("--site-url %q is taken", text)
		}
	}
}
