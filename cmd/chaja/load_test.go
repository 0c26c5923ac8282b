package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/generation"
	"chaja/search/hangul"
)

// loadTime is how long each kind of query is asked.
const loadTime = 3 * time.Second

// sampled is what queries are made of.
type sampled struct {
	title string
	words []string
}

// sample500 returns 500 documents of an index, the same ones each time, by chance.
func sample500(t *testing.T, g *generation.Generation) []sampled {
	t.Helper()
	snapshot, _, err := g.Acquire(t.Context())
	must(t, err)
	defer snapshot.Close()
	answer, err := search.Ask(t.Context(), snapshot, search.Query{Size: 1 << 20, OnlyIDs: true})
	must(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	var docs []sampled
	for _, n := range random.Perm(len(answer.Hits)) {
		doc, _, err := search.Lookup(t.Context(), snapshot, answer.Hits[n].Document.ID)
		must(t, err)
		isBlank := func(r rune) bool { return !unicode.IsLetter(r) }
		words := slices.DeleteFunc(strings.FieldsFunc(doc.Body, isBlank), func(w string) bool { return utf8.RuneCountInString(w) < 2 })
		if len(words) > 3 && doc.Title != "" {
			docs = append(docs, sampled{doc.Title, words})
		}
		if len(docs) == 500 {
			break
		}
	}
	if len(docs) == 0 {
		t.Fatal("no document has words")
	}
	return docs
}

// kindOfQuery is queries of one kind, as paths of the API.
type kindOfQuery struct {
	name  string
	paths []string
}

// kindsOfQueries makes queries of some documents.
func kindsOfQueries(docs []sampled) []kindOfQuery {
	random := rand.New(rand.NewPCG(3, 4))
	counts := map[string]int{}
	var kinds [6]kindOfQuery
	for i, name := range []string{"three words", "a common word", "half typed", "initials", "typo", "suggest"} {
		kinds[i].name = name
	}
	add := func(kind int, path, text string) {
		kinds[kind].paths = append(kinds[kind].paths, path+url.QueryEscape(text))
	}
	for _, d := range docs {
		seen := map[string]bool{}
		for _, w := range d.words {
			if !seen[w] {
				seen[w] = true
				counts[w]++
			}
		}
		word := func() string { return d.words[random.IntN(len(d.words))] }
		add(0, "/api/v1/search?q=", word()+" "+word()+" "+word())
		title := []rune(d.title)
		typed := string(title[:1+random.IntN(min(len(title), 8))])
		add(2, "/api/v1/search?prefix=1&q=", typed)
		add(5, "/api/v1/suggest?q=", typed)
		if initials := initialsOf(d.title); utf8.RuneCountInString(initials) > 1 {
			add(3, "/api/v1/search?prefix=1&q=", initials)
		}
		wrong := []rune(word())
		at := random.IntN(len(wrong) - 1)
		wrong[at], wrong[at+1] = wrong[at+1], wrong[at]
		add(4, "/api/v1/search?q=", string(wrong))
	}
	common := make([]string, 0, len(counts))
	for w := range counts {
		common = append(common, w)
	}
	slices.SortFunc(common, func(a, b string) int { return 2*(counts[b]-counts[a]) + strings.Compare(a, b) })
	for _, w := range common[:min(len(common), 20)] {
		add(1, "/api/v1/search?q=", w)
	}
	return slices.DeleteFunc(kinds[:], func(k kindOfQuery) bool { return len(k.paths) == 0 })
}

// initialsOf returns the initial consonants of the first syllables of a title.
func initialsOf(title string) string {
	var b strings.Builder
	for _, r := range title {
		if !hangul.IsSyllable(r) || b.Len() >= 4*len("ㄱ") {
			break
		}
		initial, _, _ := hangul.Split(r)
		b.WriteRune(initial)
	}
	return b.String()
}

// loaded is how long requests took, sorted, and how many were answered in a second.
type loaded struct {
	took []time.Duration
	rate float64
}

// at returns a percentile in milliseconds.
func (l loaded) at(percent int) string {
	return fmt.Sprintf("%.2f", float64(l.took[min(len(l.took)*percent/100, len(l.took)-1)].Microseconds())/1000)
}

// load asks a server from so many clients, each again as soon as it is answered.
func load(t *testing.T, base string, k kindOfQuery, clients int) (l loaded) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	end := time.Now().Add(loadTime)
	var all sync.WaitGroup
	var mu sync.Mutex
	for c := range clients {
		all.Go(func() {
			for i := c; time.Now().Before(end); i += clients {
				began := time.Now()
				if err := get(ctx, &client, base+k.paths[i%len(k.paths)]); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				l.took = append(l.took, time.Since(began))
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if len(l.took) == 0 {
		t.Fatalf("%s: nothing was answered", k.name)
	}
	slices.Sort(l.took)
	l.rate = float64(len(l.took)) / loadTime.Seconds()
	return l
}
