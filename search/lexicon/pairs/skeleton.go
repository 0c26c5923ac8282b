package pairs

import "strings"

// skeleton is what is left of sounds when all is taken away that letters and Hangul may not share: vowels, liquids, and stops behind
// a nasal. It has K for a stop or hiss made with the tongue, P for one made with the lips, and N for a nasal.
func skeleton(sounds string) string {
	var key bones
	for i := range len(sounds) {
		switch sounds[i] {
		case 'g', 'k', 'K', 's', 'j', 'c', 'd', 't', 'T':
			key.add('K')
		case 'b', 'p', 'P':
			key.add('P')
		case 'm', 'n', 'N':
			key.add('N')
		}
	}
	return string(key)
}

// latinSkeleton is the skeleton of letters.
func latinSkeleton(word string) string {
	var key bones
	for i := range len(word) {
		switch c := word[i]; c {
		case 'g', 'k':
			if c == 'g' && i > 0 && at(word, i+1) == 'h' || i == 0 && at(word, i+1) == 'n' {
				continue // high, know
			}
			key.add('K')
		case 'c', 'd', 'j', 'q', 's', 't', 'x', 'z':
			key.add('K')
		case 'b', 'f', 'v':
			key.add('P')
		case 'p':
			if i > 0 || at(word, 1) != 's' {
				key.add('P')
			}
		case 'm', 'n':
			key.add('N')
		}
	}
	return string(key)
}

type bones []byte

// add adds a bone, but for one that is there and for a stop behind a nasal.
func (b *bones) add(bone byte) {
	if n := len(*b); n == 0 || (*b)[n-1] != bone && (*b)[n-1] != 'N' {
		*b = append(*b, bone)
	}
}

// consonantClasses are the places of consonantClass, each a bit of bony.
const consonantClasses = "ktpsnml"

// newBony takes the consonants of sounds.
func newBony(word, sounds string) bony {
	b := bony{word: word, consonants: consonants(sounds)}
	for i := range len(sounds) {
		if isVowelSound(sounds[i]) && sounds[i] != 'x' && !isVowelSound(at(sounds, i-1)) {
			b.vowels++
		}
		if c := consonantClass(sounds[i]); c != 0 {
			b.has |= 1 << strings.IndexByte(consonantClasses, c)
		}
	}
	b.needs = b.has
	return b
}

// letterClasses are the places of the consonants as which a letter may be heard.
var letterClasses = [256]string{
	'b': "p", 'c': "ks", 'd': "ts", 'f': "p", 'g': "ks", 'h': "", 'j': "s", 'k': "k", 'l': "l", 'm': "m", 'n': "n", 'p': "p", 'q': "k", 'r': "l",
	's': "s", 't': "ts", 'v': "p", 'w': "", 'x': "ks", 'y': "", 'z': "s",
}

// newBonyLatin takes the consonants of letters. Only m and l are surely heard as what they are.
func newBonyLatin(word string) bony {
	b := bony{word: word}
	for i := range len(word) {
		if isVocal(word[i]) && !isVocal(at(word, i-1)) && (word[i] != 'e' || i+1 < len(word)) { // a last e is mute, mostly
			b.vowels++
		}
		for _, c := range letterClasses[word[i]] {
			b.has |= 1 << strings.IndexRune(consonantClasses, c)
		}
		if word[i] == 'm' || word[i] == 'l' {
			b.needs |= 1 << strings.IndexByte(consonantClasses, word[i])
		}
	}
	return b
}

// isVocal reports whether a letter is a vowel, or may be one.
func isVocal(c byte) bool { return isVowel(c) || c == 'y' }

// mayBe reports whether letters can be heard as the consonants of a word of Hangul, in their order, and whether these are as many
// syllables.
func (b bony) mayBe(latin bony) bool {
	if b.needs&^latin.has != 0 || latin.needs&^b.has != 0 || b.vowels > latin.vowels+1 || latin.vowels > b.vowels+1 {
		return false
	}
	at := 0
	for i := range len(b.consonants) {
		c := b.consonants[i]
		for at < len(latin.word) && strings.IndexByte(letterClasses[latin.word[at]], c) < 0 {
			at++
		}
		if at == len(latin.word) {
			return false
		}
		if latin.word[at] != 'x' || c != 'k' { // x is heard as two
			at++
		}
	}
	return true
}
