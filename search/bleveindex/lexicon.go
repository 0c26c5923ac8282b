package bleveindex

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	index "github.com/blevesearch/bleve_index_api"

	"chaja/search/analysis"
	"chaja/search/lexicon"
	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
	"chaja/search/match"
)

// Files of the lexicon, in the folder of a generation. An index that was never committed has none, and knows no words.
const (
	wordsFile = "words"      // suggest.Vocabulary
	pairsFile = "pairs.json" // storedPairs
)

type storedPairs struct {
	Set     *pairs.Set   `json:"set"`
	Learned []pairs.Pair `json:"learned"`
}

// Lexicon implements search.Searcher.
func (x *Index) Lexicon(ctx context.Context) (*lexicon.Lexicon, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return x.lexicon()
}

func readLexicon(dir string) (*lexicon.Lexicon, error) {
	words, err := os.ReadFile(filepath.Join(dir, wordsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return &lexicon.Lexicon{Words: &suggest.Vocabulary{}, Pairs: &pairs.Set{}}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	vocabulary, err := suggest.Read(words)
	if err != nil {
		return nil, &damaged{dir, fmt.Errorf("read %s: %w", wordsFile, err)}
	}
	encoded, err := os.ReadFile(filepath.Join(dir, pairsFile))
	if err != nil {
		return nil, fmt.Errorf("read pairs: %w", err)
	}
	var stored storedPairs
	if err := json.Unmarshal(encoded, &stored); err != nil {
		return nil, &damaged{dir, fmt.Errorf("read %s: %w", pairsFile, err)}
	}
	return &lexicon.Lexicon{Words: vocabulary, Pairs: stored.Set, Learned: stored.Learned}, nil
}

// writeLexicon makes the lexicon of the documents that are stored, with what the site says about its words. It returns
// the number of pairs that were learned.
func (x *Index) writeLexicon(file *pairs.File) (learned int, err error) {
	b := lexicon.NewBuilder(x.analyzer)
	if err := x.read(func(r index.IndexReader) error { return errors.Join(addDocuments(b, r), addTerms(b, r)) }); err != nil {
		return 0, fmt.Errorf("collect words: %w", err)
	}
	lexicon := b.Build(file)
	words, err := lexicon.Words.MarshalBinary()
	if err != nil {
		return 0, fmt.Errorf("encode words: %w", err)
	}
	encoded, err := json.Marshal(storedPairs{lexicon.Pairs, lexicon.Learned})
	if err != nil {
		return 0, fmt.Errorf("encode pairs: %w", err)
	}
	return len(lexicon.Learned), errors.Join(
		os.WriteFile(filepath.Join(x.dir, wordsFile), words, 0o644),
		os.WriteFile(filepath.Join(x.dir, pairsFile), encoded, 0o644),
	)
}

func addDocuments(b *lexicon.Builder, r index.IndexReader) error {
	ids, err := r.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer ids.Close()
	for {
		id, err := ids.Next()
		if err != nil || id == nil {
			return err
		}
		external, err := r.ExternalID(id)
		if err != nil {
			return err
		}
		rec, ok, err := load(r, external)
		if err != nil {
			return err
		}
		if ok {
			b.Add(&rec.Document)
		}
	}
}

// addTerms adds the terms of the bodies, with their number of documents, deleted ones included.
func addTerms(b *lexicon.Builder, r index.IndexReader) error {
	for lane := range match.Space(analysis.Lanes) {
		dict, err := r.FieldDict(textField(match.Body, lane))
		if err != nil {
			return err
		}
		for {
			entry, err := dict.Next()
			if err != nil {
				return errors.Join(err, dict.Close())
			}
			if entry == nil {
				break
			}
			b.Term(match.Term{Space: lane, Text: entry.Term}, int(entry.Count))
		}
		if err := dict.Close(); err != nil {
			return err
		}
	}
	return nil
}
