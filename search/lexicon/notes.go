package lexicon

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"

	"chaja/search/analysis"
	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
)

// notesVersion counts the changes of what posts give to a builder. Notes of another version are not read.
const notesVersion = 1

// notes are a Builder as it is kept beside the lexicon, so that the next one learns only what has changed. The file may be
// missing: then everything is learned anew.
type notes struct {
	Version  int
	Analysis string // Analyzer.Version
	IDs      []string
	Posts    []suggest.Post // by the same numbers
	Words    []wordCount
	Pairs    []byte
}

// errNotes says that a file is not one of WriteNotes.
var errNotes = errors.New("the notes are damaged or of another version")

// WriteNotes writes what the builder knows into a folder, over what is there. Those of a site that is too large to be updated
// are removed. Call it after Build.
func (b *Builder) WriteNotes(dir string) error {
	path := filepath.Join(dir, notesFile)
	if err := os.RemoveAll(path); err != nil || b.pairs.Full() {
		return err
	}
	learner, err := b.pairs.MarshalBinary()
	if err != nil {
		return err
	}
	n := notes{Version: notesVersion, Analysis: b.analyzer.Version(), Words: b.words, Pairs: learner}
	for id, post := range b.posts {
		n.IDs, n.Posts = append(n.IDs, id), append(n.Posts, post)
	}
	var data bytes.Buffer
	if err := gob.NewEncoder(&data).Encode(n); err != nil {
		return fmt.Errorf("encode notes: %w", err)
	}
	sum := crc32.Checksum(data.Bytes(), crc32.MakeTable(crc32.Castagnoli))
	return os.WriteFile(path, binary.LittleEndian.AppendUint32(data.Bytes(), sum), 0o644)
}

// ReadNotes returns the builder that WriteNotes wrote into a folder. Any error means that everything must be learned anew.
func ReadNotes(dir string, analyzer *analysis.Analyzer) (*Builder, error) {
	data, err := os.ReadFile(filepath.Join(dir, notesFile))
	if err != nil {
		return nil, fmt.Errorf("read notes: %w", err)
	}
	end := len(data) - 4
	if end < 0 || crc32.Checksum(data[:end], crc32.MakeTable(crc32.Castagnoli)) != binary.LittleEndian.Uint32(data[end:]) {
		return nil, errNotes
	}
	var n notes
	if err := gob.NewDecoder(bytes.NewReader(data[:end])).Decode(&n); err != nil {
		return nil, fmt.Errorf("read notes: %w", err)
	}
	if n.Version != notesVersion || n.Analysis != analyzer.Version() || len(n.IDs) != len(n.Posts) {
		return nil, errNotes
	}
	b := NewBuilder(analyzer)
	for i, id := range n.IDs {
		b.posts[id] = n.Posts[i]
	}
	b.words = n.Words
	b.pairs, err = pairs.ReadLearner(n.Pairs)
	return b, err
}
