package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCompleteValues(t *testing.T) {
	site := newSite(t, map[string]string{
		"a.md": "---\ntitle: 가\ntags: [Spring Boot, 스프링]\ncategories: 개발\n---\nx\n",
		"b.md": "---\ntitle: 나\ntags: [Spring Boot, kafka]\ncategories: 독서\n---\nx\n",
	})
	fine(t, "index", "--site", site)
	server := serveSite(t, "--site", site)
	empty := t.TempDir()
	tests := []struct {
		name, variable, value string
		args, want            []string
	}{
		{"all tags", "CHAJA_SITE", site, []string{"--tag", ""}, []string{"Spring Boot\t2 posts", "kafka\t1 post", "스프링\t1 post"}},
		{"as tags are compared", "CHAJA_SITE", site, []string{"--tag", "spring-b"}, []string{"spring-boot\t2 posts"}},
		{"in another case", "CHAJA_SITE", site, []string{"--tag", "KAF"}, []string{"KAFka\t1 post"}},
		{"the whole", "CHAJA_SITE", site, []string{"--tag", "springBOOT"}, []string{"springBOOT\t2 posts"}},
		{"half a syllable", "CHAJA_SITE", site, []string{"--tag", "스프리"}, nil},
		{"Hangul", "CHAJA_SITE", site, []string{"--tag", "스프"}, []string{"스프링\t1 post"}},
		{"with =", "CHAJA_SITE", site, []string{"--tag=k"}, []string{"kafka\t1 post"}},
		{"category", "CHAJA_SITE", site, []string{"--category", "개"}, []string{"개발\t1 post"}},
		{"in a query", "CHAJA_SITE", site, []string{"tag:k"}, []string{"tag:kafka\t1 post"}},
		{"quoted in a query", "CHAJA_SITE", site, []string{`tag:"sp`}, []string{"tag:\"spring Boot\"\t2 posts"}},
		{"category in a query", "CHAJA_SITE", site, []string{"x", "category:독"}, []string{"category:독서\t1 post"}},
		{"without, in a query", "CHAJA_SITE", site, []string{"--", "x", "-tag:k"}, []string{"-tag:kafka\t1 post"}},
		{"languages", "CHAJA_SITE", empty, []string{"--lang", ""}, []string{"ko", "en"}},
		{"a word", "CHAJA_SITE", site, []string{"ka"}, nil},
		{"orders", "CHAJA_SITE", site, []string{"--sort", ""}, []string{"relevance", "newest", "oldest"}},
		{"orders in another case", "CHAJA_SITE", site, []string{"--sort", "NE"}, []string{"NEwest"}},
		{"of a server", "CHAJA_SERVER", server.base, []string{"--tag", "k"}, []string{"kafka\t1 post"}},
		{"of no server", "CHAJA_SERVER", "http://127.0.0.1:1", []string{"--tag", "k"}, nil},
		{"no index", "CHAJA_SITE", empty, []string{"--tag", ""}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv(test.variable, test.value)
			got := fine(t, append([]string{"__complete", "search"}, test.args...)...)
			got, _, _ = strings.Cut(got, ":4\n") // no files
			if want := strings.Join(append(test.want, ""), "\n"); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

// TestChoicesInAnyCase: what is completed in another case is taken so, and is the same.
func TestChoicesInAnyCase(t *testing.T) {
	site := indexedSite(t)
	if got, want := fine(t, "search", "--site", site, "--sort", "NEwest", "x"), fine(t, "search", "--site", site, "--sort", "newest", "x"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	chaja(t, "search", "--site", site, "--sort", "new", "x").failed(t, exitUsage, "one of relevance, newest, oldest")
}

// TestCompleteDamaged: an index that cannot be read completes nothing and says nothing.
func TestCompleteDamaged(t *testing.T) {
	site := indexedSite(t)
	stores, err := filepath.Glob(filepath.Join(site, ".chaja", "gen-*", "store", "*.zap"))
	must(t, err)
	if len(stores) == 0 {
		t.Fatal("no segment in the index")
	}
	for _, path := range stores {
		must(t, os.Chmod(path, 0o600))
		must(t, os.Truncate(path, 10))
	}
	if got := fine(t, "__complete", "search", "--site", site, "--tag", ""); got != ":4\n" {
		t.Errorf("%q", got)
	}
}
