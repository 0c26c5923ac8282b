package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/chars"
	"chaja/search/match"
	"chaja/search/service"
)

// What an owner says of the order of answers stands in chaja.yaml alone, as it belongs to the posts and not to a run:
//
//	pin:                   posts in front of the answer to a query
//	  시작하기: posts/start.md
//	boost:                 what counts more than 1, or less
//	  posts/archive: 0.5
//	  category:essay: 1.5
const (
	pinKey   = "pin"
	boostKey = "boost"
)

// Bounds of levers: each pinned post is read for its query, each boost is one more list of posts that a query walks.
const (
	maxPinned = 10 // posts of a query, which are a page
	maxBoosts = 20
	minFactor = 0.1
	maxFactor = 10
)

// levers are the keys pin and boost of a file, each post and factor with its line.
type levers struct {
	pins   []pinLine
	boosts []boostLine
}

type pinLine struct {
	query, post string
	line        int
}

type boostLine struct {
	match.Boost
	line int
}

// readLevers reads those of a site.
func readLevers(site string) (levers, error) {
	s, err := readSettings(filepath.Join(site, settingsName), newRoot(streams{}))
	return s.levers, err
}

// readLever takes the key pin or boost.
func (s *settings) readLever(key string, node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
		return nil
	}
	read, such := s.readPin, "시작하기: posts/start.md"
	if key == boostKey {
		read, such = s.readBoost, "posts/archive: 0.5"
	}
	if node.Kind != yaml.MappingNode {
		return s.mistake(node, "%s wants lines of key: value, such as %s", key, such)
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if err := read(node.Content[i], node.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// readPin takes a query and the post or posts in front of its answer.
func (s *settings) readPin(query, posts *yaml.Node) error {
	if chars.NameKey(query.Value) == "" {
		return s.mistake(query, "pin wants a query with a letter or digit, not %q", query.Value)
	}
	list := []*yaml.Node{posts}
	if posts.Kind == yaml.SequenceNode {
		list = posts.Content
	}
	if len(list) > maxPinned {
		return s.mistake(posts, "pin takes at most %d posts for a query, not %d", maxPinned, len(list))
	}
	for _, post := range list {
		id, ok := pathInSite(post)
		if !ok {
			return s.mistake(post, "pin wants the path of a post in the site, such as posts/start.md, not %q", post.Value)
		}
		s.levers.pins = append(s.levers.pins, pinLine{query.Value, id, post.Line})
	}
	return nil
}

// readBoost takes a folder or category and its factor.
func (s *settings) readBoost(of, factor *yaml.Node) error {
	f, err := strconv.ParseFloat(factor.Value, 64)
	if factor.Kind != yaml.ScalarNode || err != nil || !(f >= minFactor && f <= maxFactor) {
		return s.mistake(factor, "boost wants a number from %g to %g, not %q", minFactor, float64(maxFactor), factor.Value)
	}
	if len(s.levers.boosts) == maxBoosts {
		return s.mistake(of, "boost takes at most %d folders and categories", maxBoosts)
	}
	term := match.Term{Space: match.FolderKey}
	if category, ok := strings.CutPrefix(of.Value, "category:"); ok {
		term = match.Term{Space: match.CategoryKey, Text: chars.TagKey(category)}
	} else if folder, ok := pathInSite(of); ok {
		term.Text = folder
	}
	if term.Text == "" {
		return s.mistake(of, "boost wants a folder of the site or category:NAME, not %q", of.Value)
	}
	s.levers.boosts = append(s.levers.boosts, boostLine{match.Boost{Term: term, Factor: f}, of.Line})
	return nil
}

// pathInSite reads the path of a file or folder below the site, as IDs of posts have it.
func pathInSite(node *yaml.Node) (string, bool) {
	p := path.Clean(norm.NFC.String(node.Value))
	return p, node.Kind == yaml.ScalarNode && node.Value != "" && filepath.IsLocal(p) && p != "."
}

// forService returns what a service is told.
func (l levers) forService() (all service.Levers) {
	for _, p := range l.pins {
		all.Pins = append(all.Pins, service.Pin{Query: p.query, Posts: []string{p.post}})
	}
	for _, b := range l.boosts {
		all.Boosts = append(all.Boosts, b.Boost)
	}
	return all
}

// rows are those of chaja config.
func (l levers) rows(file string) (rows []configRow) {
	add := func(name, value string, line int) {
		rows = append(rows, configRow{name, value, fmt.Sprintf("%s:%d", file, line), []string{"check", "index", "search", "serve"}})
	}
	for _, p := range l.pins {
		add(pinKey, p.query+": "+p.post, p.line)
	}
	for _, b := range l.boosts {
		add(boostKey, b.name()+": "+strconv.FormatFloat(b.Factor, 'g', -1, 64), b.line)
	}
	return rows
}

func (b boostLine) name() string {
	if b.Term.Space == match.CategoryKey {
		return "category:" + b.Term.Text
	}
	return b.Term.Text
}

// problems says which posts, folders and categories there are none of: posts are those that are indexed, hidden those that are not,
// categories the keys of theirs.
func (l levers) problems(posts []string, hidden []indexer.Hidden, categories []string) (all []indexer.Problem) {
	wrong := func(line int, format string, args ...any) {
		all = append(all, indexer.Problem{Kind: indexer.FileKind, Path: settingsName, Line: line, Message: fmt.Sprintf(format, args...)})
	}
	for _, p := range l.pins {
		if slices.Contains(posts, p.post) {
			continue
		}
		i := slices.IndexFunc(hidden, func(h indexer.Hidden) bool { return h.Path == p.post })
		if i >= 0 {
			wrong(p.line, "pin: %s is not shown to those who search: %s", p.post, hidden[i].Reason)
		} else {
			wrong(p.line, "pin: there is no post %s%s", p.post, nearestOf(p.post, posts))
		}
	}
	folders := foldersOf(posts)
	for _, b := range l.boosts {
		switch {
		case b.Term.Space == match.CategoryKey && !slices.Contains(categories, b.Term.Text):
			wrong(b.line, "boost: no post has the category %s%s", b.Term.Text, nearestOf(b.Term.Text, categories))
		case b.Term.Space == match.FolderKey && !slices.Contains(folders, b.Term.Text):
			wrong(b.line, "boost: no post is in the folder %s%s", b.Term.Text, nearestOf(b.Term.Text, folders))
		}
	}
	return all
}

// nearestOf ends a message with the name that may be meant, if any.
func nearestOf(name string, names []string) string {
	if near := nearest(name, names); near != "" {
		return fmt.Sprintf("; the nearest is %s", near)
	}
	return ""
}

func foldersOf(posts []string) (folders []string) {
	for _, id := range posts {
		folders = append(folders, (&search.Document{ID: id}).Keys(match.FolderKey)...)
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// leverProblems says what of the levers of the site does not fit the index: its posts are ids. Mistakes of the file itself are told
// where it is read.
func (o *indexOptions) leverProblems(ctx context.Context, ids map[string]string, hidden []indexer.Hidden) ([]indexer.Problem, error) {
	l, err := readLevers(o.site)
	if err != nil || len(l.pins)+len(l.boosts) == 0 {
		return nil, nil
	}
	var categories []string
	if slices.ContainsFunc(l.boosts, func(b boostLine) bool { return b.Term.Space == match.CategoryKey }) {
		if categories, err = o.categories(ctx); err != nil {
			return nil, err
		}
	}
	return l.problems(slices.Collect(maps.Keys(ids)), hidden, categories), nil
}

// categories returns the keys of those in the index.
func (o *indexOptions) categories(ctx context.Context) (keys []string, err error) {
	index, err := o.open(nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, index.Close()) }()
	facets, err := service.New(index, nil).Facets(ctx)
	for _, c := range facets.Categories {
		keys = append(keys, chars.TagKey(c.Value))
	}
	return keys, err
}
