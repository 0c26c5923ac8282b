// Package english knows which words English has.
//
// words.zst is the list: words and names of the American and British lists that Debian makes of SCOWL by Kevin Atkinson
// (wamerican and wbritish 2020.12.07, see COPYRIGHT), made by
//
//	cat american-english british-english | grep -E '^[A-Za-z]{3,}$' | tr A-Z a-z | LC_ALL=C sort -u | zstd -19
package english

import (
	_ "embed"
	"sort"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

//go:embed words.zst
var packed []byte

// maxUnpacked bounds the unpacked list: twice what it has.
const maxUnpacked = 2 << 20

// unpacked is the list; it is unpacked when it is asked for first, in some milliseconds.
var unpacked = sync.OnceValue(func() string {
	d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxUnpacked))
	if err != nil {
		panic(err) // the options are ours
	}
	defer d.Close()
	list, err := d.DecodeAll(packed, nil)
	if err != nil {
		panic(err) // the list is part of the program, and tested
	}
	return string(list)
})

// Has reports whether English has a word of three letters or more, in lower case. Inflected forms are words.
func Has(word string) bool {
	list := unpacked()
	at := sort.Search(len(list), func(i int) bool { return lineAt(list, i) >= word })
	return word != "" && at < len(list) && lineAt(list, at) == word
}

// lineAt returns the line that byte i of a list is in; the line break belongs to the line before it.
func lineAt(list string, i int) string {
	start := strings.LastIndexByte(list[:i], '\n') + 1
	line, _, _ := strings.Cut(list[start:], "\n")
	return line
}
