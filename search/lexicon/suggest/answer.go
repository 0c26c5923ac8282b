package suggest

import "chaja/search/snippet"

// answer collects what Complete returns: what one step finds, by kind, until take moves the best of it to the list.
type answer struct {
	v     *Vocabulary
	limit int
	found [kinds][]Suggestion
	list  []Suggestion
	texts map[int]bool    // those found so far
	keys  map[string]bool // of what was found so far
}

// addText adds a text unless it was found before.
func (a *answer) addText(kind, text int, spans ...snippet.Span) {
	if a.texts[text] {
		return
	}
	s := Suggestion{Text: string(a.v.texts.at(text)), Kind: textKinds[kind], URL: string(a.v.urls.at(text)), Spans: spans}
	if a.texts == nil {
		a.texts, a.keys = make(map[int]bool), make(map[string]bool)
	}
	a.texts[text] = true
	a.keys[string(appendKey(nil, []byte(s.Text)))] = true
	a.found[kind] = append(a.found[kind], s)
}

// addTerm adds a word that begins with key, unless a text that was found is the same.
func (a *answer) addTerm(word int, key []byte) {
	text := a.v.words.at(word)
	whole := string(appendKey(nil, text))
	if a.keys[whole] {
		return
	}
	if a.keys == nil {
		a.texts, a.keys = make(map[int]bool), make(map[string]bool)
	}
	a.keys[whole] = true
	end, _, _ := matchAt(text, 0, key)
	term := Suggestion{Text: string(text), Kind: KindTerm, Spans: []snippet.Span{{Start: 0, End: end}}}
	a.found[kinds-1] = append(a.found[kinds-1], term)
}

// take fills the list with what was found, kind by kind. Each kind has its equal share of the places first; places
// that remain go to the kinds in their order.
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
