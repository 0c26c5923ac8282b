package opensearch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"chaja/search"
	"chaja/search/lexicon"
	"chaja/search/match"
)

// sampled is a snapshot of which the lexicon learns only documents with a sampleLevel of least or more. It counts the terms of
// the documents that it gives.
type sampled struct {
	*snapshot
	least int
	terms termCounts
	read  chan struct{} // closed when all documents are given
}

// Documents implements lexicon.Source.
func (s *sampled) Documents(ctx context.Context, yield func(*search.Document) error) error {
	defer close(s.read)
	return s.eachDocument(ctx, s.least, func(doc *search.Document) error {
		s.terms.add(s.index.analyzer, doc)
		return yield(doc)
	})
}

// Terms implements lexicon.Source. It waits for Documents.
func (s *sampled) Terms(_ context.Context, yield func(term match.Term, docs int) error) error {
	<-s.read
	return s.terms.each(yield)
}

// maxLearned bounds the posts that a lexicon is learned from: it takes 0.3 to 1.7 KB for each in every reader. Of more a
// half, a quarter and so on is taken.
const maxLearned = 50_000

// sampleFor returns the least sampleLevel for a number of documents.
func sampleFor(docs int) (least int) {
	for ; docs > maxLearned; docs /= 2 {
		least++
	}
	return least
}

// part is a piece of a file in the index of a lexicon.
type part struct {
	More bool   `json:"more"` // there is another
	Data []byte `json:"data"`
}

// partBytes is the size of a part. In JSON it is a third more.
const partBytes = 4 << 20

// writeFolder stores the files of a folder in a new index.
func (c *Cluster) writeFolder(ctx context.Context, index, dir string) error {
	if err := c.createHidden(ctx, index); err != nil {
		return err
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(dir, file.Name()))
		if err != nil {
			return err
		}
		for n := 0; n == 0 || len(data) > 0; n++ {
			size := min(len(data), partBytes)
			p := part{len(data) > size, data[:size]}
			data = data[size:]
			if err := c.do(ctx, "write words", http.MethodPut, path(index, "_doc", fmt.Sprintf("%s.%d", file.Name(), n)), p, nil); err != nil {
				return err
			}
		}
	}
	return c.do(ctx, "refresh index "+index, http.MethodPost, path(index, "_refresh"), nil, nil)
}

// wordFiles are those of package lexicon; the last is only for writers and may be missing.
var wordFiles = []string{"words", "pairs.json", "notes"}

// readFolder brings files of writeFolder into a folder. One that is not there is left out.
func (c *Cluster) readFolder(ctx context.Context, index, dir string, names []string) error {
	for _, name := range names {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		p := struct {
			Source part `json:"_source"`
		}{part{More: true}}
		for n := 0; err == nil && p.Source.More; n++ {
			p.Source = part{}
			if err = c.do(ctx, "read words", http.MethodGet, path(index, "_doc", fmt.Sprintf("%s.%d", name, n)), nil, &p); err == nil {
				_, err = f.Write(p.Source.Data)
			}
		}
		if err = errors.Join(f.Close(), err); isStatus(err, http.StatusNotFound) {
			err = os.Remove(f.Name())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// inFolder calls f with a folder of its own, which is removed afterwards.
func inFolder(f func(dir string) error) (err error) {
	dir, err := os.MkdirTemp("", "chaja-words-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	return f(dir)
}

// readLexicon reads the lexicon of a generation. The error wraps search.ErrOutdated when it is there and cannot be read.
func (c *Cluster) readLexicon(ctx context.Context, gen string) (l *lexicon.Lexicon, err error) {
	err = inFolder(func(dir string) (err error) {
		if err = c.readFolder(ctx, gen+wordsEnd, dir, wordFiles[:2]); err == nil {
			if l, err = lexicon.Read(dir); err != nil {
				err = fmt.Errorf("%w: the words of %s cannot be read: %w", search.ErrOutdated, gen, err)
			}
		}
		return err
	})
	return l, err
}
