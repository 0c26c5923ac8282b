package indexer

import (
	"testing"
	"testing/fstest"
)

// The first post may be the home page, whose address is the base and nothing behind it.
func TestBaseOfBuiltFolderIsFoundFromItsHomePage(t *testing.T) {
	page := &fstest.MapFile{}
	b := &Built{pages: fstest.MapFS{"index.html": page, "til/index.html": page, "own/index.html": page, "2020/a.html": page}}
	var posts []*checkedPost
	for _, address := range []string{"/til/", "/til/2020/a.html", "/til/own/", "/til/til/"} {
		posts = append(posts, &checkedPost{url: address})
	}
	if base := b.findBase(posts); base != "/til" {
		t.Errorf("base %q, want /til", base)
	}
}
