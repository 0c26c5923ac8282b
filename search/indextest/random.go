package indextest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"chaja/search"
	"chaja/search/chars"
	"chaja/search/match"
	"chaja/search/query"
)

// random makes documents and queries. The same seed makes the same ones.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, 0))} }

// Few words and few IDs: documents must share them, for queries to match and updates to meet.
const (
	vocabulary = "서울 부산 시청 서울시청 데이터 데이터베이스 베이스 성능 개선 성능개선 에어플로우 플로우 나무 가나다 가나 에서 漢字 データ " +
		"index indexes indexing run running apple tree data lake go http net/http C++ C# c k8s JDK17 v2.6.1 2011가합7397 70만 node.js ☂ ..."
	particles = "은 는 이 가 을 를 의 에 에서 으로 도 만"
	tags      = "Go|go|GO|Spring Boot|spring-boot|spring_boot|C++|C#|c|서울|데이터 베이스"
	maxIDs    = 40
)

func pick[T any](r random, from ...T) T { return from[r.IntN(len(from))] }

// word returns a word, the first ones of the vocabulary more often, sometimes with a particle.
func (r random) word() string {
	words := strings.Fields(vocabulary)
	word := words[int(float64(len(words))*r.Float64()*r.Float64())]
	if r.IntN(3) == 0 {
		word += pick(r, strings.Fields(particles)...)
	}
	return word
}

// words returns from low to high words with blanks, some of them line breaks, between them.
func (r random) words(low, high int) string {
	var b strings.Builder
	for i := range low + r.IntN(high-low+1) {
		if i > 0 {
			b.WriteString(pick(r, " ", " ", " ", "\n", ", "))
		}
		b.WriteString(r.word())
	}
	return b.String()
}

// id returns the ID of a document: the first digit of its number is a folder.
func (r random) id() string {
	n := r.IntN(maxIDs)
	return fmt.Sprintf("posts/%d/post%02d", n/10, n)
}

// boosts returns some of folders and categories.
func (r random) boosts() (all []match.Boost) {
	for range r.IntN(4) {
		term := pick(r, match.Term{Space: match.FolderKey, Text: fmt.Sprintf("posts/%d", r.IntN(4))}, match.Term{Space: match.FolderKey, Text: "posts"},
			match.Term{Space: match.CategoryKey, Text: chars.TagKey(pick(r, strings.Split(tags, "|")...))})
		all = append(all, match.Boost{Term: term, Factor: pick(r, .1, .5, 1.5, 10)})
	}
	return all
}

// values returns up to three different tags.
func (r random) values() []string {
	all := strings.Split(tags, "|")
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:r.IntN(4)]
}

// date returns one of few days, so that many documents share one; none in a quarter of all cases.
func (r random) date() time.Time {
	if r.IntN(4) == 0 {
		return time.Time{}
	}
	return Day("1969-12-01").AddDate(0, r.IntN(5)*r.IntN(300), r.IntN(3))
}

func (r random) document() search.Document {
	doc := search.Document{
		ID: r.id(), Title: r.words(1, 4), Date: r.date(), Tags: r.values(), Categories: r.values(),
		Lang: pick(r, "", "ko", "en"), Hash: fmt.Sprint(r.Uint64()),
	}
	for level := range r.IntN(4) {
		section := search.Section{Level: level, Start: len(doc.Body)}
		if level > 0 {
			section.Heading = r.words(0, 3)
		}
		doc.Body += r.words(0, 40) + "\n"
		if r.IntN(3) == 0 {
			start := len(doc.Body)
			doc.Body += r.words(1, 20) + "\n"
			doc.Code = append(doc.Code, search.Range{Start: start, End: len(doc.Body)})
			doc.Body += r.words(0, 9)
		}
		section.End = len(doc.Body)
		doc.Sections = append(doc.Sections, section)
	}
	return doc
}

// batch makes a step of writing: updates, new documents, deletions, all of them perhaps of one ID.
func (r random) batch() search.Batch {
	var b search.Batch
	for range r.IntN(12) {
		b.Put = append(b.Put, r.document())
	}
	for range r.IntN(6) {
		b.Delete = append(b.Delete, r.id())
	}
	return b
}

// node makes a query tree over docs, from which some of its phrases come.
func (r random) node(docs []search.Document) query.Node {
	var and query.And
	for range 1 + r.IntN(4) {
		n := r.unit(docs)
		if r.IntN(6) == 0 {
			n = query.Or{Nodes: []query.Node{n, query.And{Nodes: []query.Node{r.unit(docs), r.unit(docs)}}}}
		}
		if r.IntN(5) == 0 {
			n = query.Not{Node: n}
		}
		and.Nodes = append(and.Nodes, n)
	}
	if len(and.Nodes) == 1 {
		return and.Nodes[0]
	}
	return and
}

func (r random) unit(docs []search.Document) query.Node {
	switch r.IntN(9) {
	case 0:
		return query.Phrase{Text: strings.Join(strings.Fields(r.words(1, 3)), " ")}
	case 1, 2:
		if len(docs) == 0 {
			break
		}
		words := strings.Fields(docs[r.IntN(len(docs))].Body)
		if from := r.IntN(len(words) + 1); from+2 <= len(words) {
			return query.Phrase{Text: strings.Join(words[from:min(from+2+r.IntN(3), len(words))], " ")}
		}
	case 3:
		return query.Tag{Value: pick(r, strings.Split(tags, "|")...)}
	case 8:
		return query.In{Field: pick(r, "title", "heading"), Node: query.Word{Text: r.word()}}
	case 4:
		return query.Category{Value: pick(r, strings.Split(tags, "|")...)}
	}
	return query.Word{Text: r.word()}
}

// query makes a whole query and says what it is.
func (r random) query(docs []search.Document) (q search.Query, about string) {
	var node query.Node
	if r.IntN(12) > 0 {
		node = r.node(docs)
	}
	q = search.Query{
		Match: prepared(node), Facets: r.IntN(2) == 0,
		Sort: pick(r, search.ByRelevance, search.ByRelevance, search.Newest, search.Oldest),
		From: r.IntN(3) * r.IntN(10), Size: pick(r, 0, 3, 10, 1000),
	}
	if r.IntN(3) == 0 {
		q.After = r.date()
	}
	if r.IntN(3) == 0 {
		q.Before = r.date()
	}
	var names []string
	if r.IntN(4) == 0 {
		for _, doc := range docs[:r.IntN(len(docs)+1)] {
			names = append(names, pick(r, doc.Title, r.words(1, 2)))
		}
		q.Match = q.Match.Named(names)
	}
	var filter match.Labels
	if r.IntN(3) == 0 {
		filter = match.Labels{Tags: r.values(), Categories: pick(r, nil, r.values()), Lang: pick(r, "", "", "ko")}
		q.Match = q.Match.Where(filter)
	}
	if loose := q.Match.Loose(); loose != nil && r.IntN(3) == 0 {
		q.Match = loose
	}
	boosts := r.boosts()
	q.Match = q.Match.Boosted(boosts)
	q.Parts = pick(r, search.NoParts, search.PartsIfNone, search.WithParts)
	return q, fmt.Sprintf("%v, names %q, filter %+v, boosts %v, loose %t, after %v, before %v, %s, from %d, size %d, parts %d, facets %t",
		node, names, filter, boosts, q.Match.IsLoose(), q.After, q.Before, q.Sort, q.From, q.Size, q.Parts, q.Facets)
}
