package lexicon

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
)

// Files of a lexicon, in the folder of its index.
const (
	wordsFile = "words"      // suggest.Vocabulary
	pairsFile = "pairs.json" // storedPairs
	notesFile = "notes"      // Builder, see notes.go
)

type storedPairs struct {
	Set     *pairs.Set   `json:"set"`
	Learned []pairs.Pair `json:"learned"`
}

// Write writes the lexicon into a folder, over one that is there. Equal lexicons give the same bytes.
func (l *Lexicon) Write(dir string) error {
	words, err := l.Words.MarshalBinary()
	if err != nil {
		return fmt.Errorf("encode words: %w", err)
	}
	encoded, err := json.Marshal(storedPairs{l.Pairs, l.Learned})
	if err != nil {
		return fmt.Errorf("encode pairs: %w", err)
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, wordsFile), words, 0o644),
		os.WriteFile(filepath.Join(dir, pairsFile), encoded, 0o644),
	)
}

// Read reads the lexicon in a folder. Where none was written it is empty.
func Read(dir string) (*Lexicon, error) {
	words, err := os.ReadFile(filepath.Join(dir, wordsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return &Lexicon{Words: &suggest.Vocabulary{}, Pairs: &pairs.Set{}}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	vocabulary, err := suggest.Read(words)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", wordsFile, err)
	}
	encoded, err := os.ReadFile(filepath.Join(dir, pairsFile))
	if err != nil {
		return nil, fmt.Errorf("read pairs: %w", err)
	}
	var stored storedPairs
	if err := json.Unmarshal(encoded, &stored); err != nil {
		return nil, fmt.Errorf("read %s: %w", pairsFile, err)
	}
	return &Lexicon{Words: vocabulary, Pairs: stored.Set, Learned: stored.Learned}, nil
}
