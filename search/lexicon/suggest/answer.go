package suggest

import "chaja/search/snippet"

// answer collects what Complete returns. A step adds what it finds, by kind, and take moves the best of it to the list.
type answer struct {
	v     *Vocabulary
	limit int
	found [kinds][]Suggestion
	list  []Suggestion
	texts map[int]bool    // those found so far
	keys  map[string]bool // of all that was found so far
}

func newAnswer(v *Vocabulary, limit int) *answer {
	return &answer{v: v, limit: limit, texts: make(map[int]bool), keys: make(map[string]bool)}
}

// addText adds a text unless it was found before.
func (a *answer) addText(kind, text int, spans ...snippet.Span) {
	if a.texts[text] {
		return
	}
	s := Suggestion{Text: string(a.v.texts.at(text)), Kind: textKinds[kind], URL: string(a.v.urls.at(text)), Spans: spans}
	a.texts[text] = true
	a.keys[string(appendKey(nil, []byte(s.Text)))] = true
	a.found[kind] = append(a.found[kind], s)
}

// addTerm adds a word that begins with key, unless a text with the key of the word was found before.
func (a *answer) addTerm(word int, key []byte) {
	text := a.v.words.at(word)
	whole := string(appendKey(nil, text))
	if a.keys[whole] {
		return
	}
	a.keys[whole] = true
	end, _, _ := matchAt(text, 0, key)
	term := Suggestion{Text: string(text), Kind: KindTerm, Spans: []snippet.Span{{Start: 0, End: end}}}
	a.found[kinds-1] = append(a.found[kinds-1], term)
}

// take moves the best of what was found to the list, kind by kind. First each kind has an equal share of the places that are
// left. Those that remain then go to the kinds in their order.
func (a *answer) take() {
	room := a.limit - len(a.list)
	share := max(1, room/kinds)
	var places [kinds]int
	for _, most := range [...]int{share, room} {
		for k := range places {
			n := min(most, len(a.found[k])) - places[k]
			n = min(max(n, 0), room)
			places[k] += n
			room -= n
		}
	}
	for k, n := range places {
		a.list = append(a.list, a.found[k][:n]...)
		a.found[k] = nil
	}
}
