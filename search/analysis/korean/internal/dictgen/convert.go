package main

import (
	"errors"
	"fmt"
	"strings"

	kagome "github.com/ikawaha/kagome-dict/dict"

	"chaja/search/analysis/korean/internal/dict"
)

// Columns of mecab-ko-dic after the tag; see the README of kagome-dict-ko.
const (
	columnMeaning = 0
	columnFinal   = 1 // T after a final consonant
	columnReading = 2
	columnKind    = 3
	columnParts   = 6
)

// converter carries what is gathered on the way through mecab-ko-dic.
type converter struct {
	from   *kagome.Dict
	matrix merged
	prune  *pruner
	number map[string]uint16 // forms seen
	sounds sounds
	around around
	nouns  [2]map[dict.Entry]int // neighbours of nouns, open and closed, and how often they are met
	src    dict.Source
}

func convert(d *kagome.Dict) (dict.Source, error) {
	m := merge(d.Connection)
	c := converter{from: d, matrix: m, prune: newPruner(m), number: map[string]uint16{}, around: newAround(m), nouns: [2]map[dict.Entry]int{{}, {}}}
	c.src = dict.Source{Lefts: m.lefts, Rights: m.rights, Matrix: m.costs, ClassOf: d.CharCategory}
	for _, s := range surfaces(d.Index) {
		if err := c.word(s); err != nil {
			return dict.Source{}, fmt.Errorf("word %q: %w", s.text, err)
		}
	}
	for i, name := range d.CharClass {
		unknown := d.UnkDict.Index[int32(i)]
		if d.UnkDict.IndexDup[int32(i)] != 0 {
			return dict.Source{}, fmt.Errorf("class %s: several unknown words", name)
		}
		c.src.Classes = append(c.src.Classes, dict.Class{
			Tag:    d.UnkDict.Contents[unknown][0],
			Always: d.InvokeList[i],
			Group:  d.GroupList[i],
			Entry:  c.entry(d.UnkDict.Morphs[unknown]),
		})
	}
	c.src.Sounds = c.sounds.weights()
	c.src.Before, c.src.After = c.around.costs(m)
	for i, met := range c.nouns {
		c.src.Nouns[i] = most(met)
	}
	var err error
	for i := range c.src.Nouns {
		if c.src.Nouns[i].Form, err = c.form(dict.SourceForm{Tag: loanTag}); err != nil {
			return dict.Source{}, err
		}
	}
	return c.src, nil
}

// most returns the neighbours met most.
func most(met map[dict.Entry]int) dict.Entry {
	var best dict.Entry
	for e, n := range met {
		if n > met[best] || n == met[best] && (e.Left < best.Left || e.Left == best.Left && e.Right < best.Right) {
			best = e
		}
	}
	return best
}

func (c *converter) entry(m kagome.Morph) dict.Entry {
	return dict.Entry{Left: c.matrix.left[m.LeftID], Right: c.matrix.right[m.RightID], Cost: m.Weight}
}

// word adds a surface with the entries that can matter.
func (c *converter) word(s surface) error {
	var all []dict.Entry
	for id := s.first; id <= s.last; id++ {
		all = append(all, c.entry(c.from.Morphs[id]))
	}
	w := dict.Word{Surface: s.text}
	left, from := c.prune.prune(all)
	for i, e := range left {
		id := s.first + from[i]
		columns, tag := c.from.Contents[id], c.tag(id)
		c.sounds.count(s.text, tag, columns)
		c.around.count(e, tag)
		c.countNoun(e, tag, columns)
		var err error
		if e.Form, err = c.form(form(s.text, tag, columns)); err != nil {
			return err
		}
		w.Entries = append(w.Entries, e)
		if sound, ok := reading(s.text, columns[columnReading]); ok {
			c.src.Readings = append(c.src.Readings, dict.Reading{Surface: s.text, Entry: i, Sound: sound})
		}
	}
	c.src.Words = append(c.src.Words, w)
	return nil
}

// loanTag is the class that a loanword unknown to the dictionary is taken into: common nouns, which make verbs and plurals
// as names do not.
const loanTag = "NNG"

// countNoun gathers what such nouns stand next to.
func (c *converter) countNoun(e dict.Entry, tag string, columns []string) {
	if tag != loanTag || columns[columnMeaning] != "*" {
		return
	}
	closed := 0
	if columns[columnFinal] == "T" {
		closed = 1
	}
	c.nouns[closed][dict.Entry{Left: e.Left, Right: e.Right}]++
}

func (c *converter) tag(id int) string {
	var tags []string
	for _, p := range c.from.POSTable.POSs[id] {
		tags = append(tags, c.from.POSTable.NameList[p])
	}
	return strings.Join(tags, "+")
}

// form returns the number of a form, a new one if there is none like it.
func (c *converter) form(f dict.SourceForm) (uint16, error) {
	key := fmt.Sprintf("%+v", f)
	n, ok := c.number[key]
	if !ok {
		if len(c.src.Forms) == 1<<16 {
			return 0, errors.New("more forms than 16 bits hold")
		}
		n = uint16(len(c.src.Forms))
		c.number[key], c.src.Forms = n, append(c.src.Forms, f)
	}
	return n, nil
}

type surface struct {
	text        string
	first, last int
}

// surfaces walks kagome's double array, the only place where it has the surfaces, in the order of their bytes.
func surfaces(idx kagome.IndexTable) []surface {
	children := map[int][]int{}
	for i, node := range idx.Da {
		if p := int(node.Check); i > 0 && p >= 0 {
			children[p] = append(children[p], i)
		}
	}
	var out []surface
	var walk func(node int, text []byte)
	walk = func(node int, text []byte) {
		for _, c := range children[node] {
			b := c - int(idx.Da[node].Base)
			if b == 0 { // the terminator holds the number of the first morph
				id := -idx.Da[c].Base
				out = append(out, surface{string(text), int(id), int(id + idx.Dup[id])})
				continue
			}
			walk(c, append(text, byte(b)))
		}
	}
	walk(0, nil)
	return out
}
