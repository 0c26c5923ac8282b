package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"chaja/internal/smallfile"
	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/analysis/korean"
	"chaja/search/embedding"
	"chaja/search/generation"
	"chaja/search/service"
)

// folders are the flags that say where the site and its index are.
type folders struct {
	site, index string
	engineFlags
}

func (f *folders) siteFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.site, "site", ".", "folder of the site")
	_ = cmd.MarkFlagDirname("site")
}

func (f *folders) indexFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.index, "index", "", "folder of the index (default: .chaja in the site)")
	_ = cmd.MarkFlagDirname("index")
}

// indexDir is the folder of the index.
func (f *folders) indexDir() string {
	if f.index != "" {
		return f.index
	}
	return filepath.Join(f.site, ".chaja")
}

// dictionary is the flag that adds words to the Korean dictionary.
type dictionary struct{ words string }

func (d *dictionary) wordsFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.words, "words", "", "file of Korean words to know, one a line, with its parts if any: 카카오뱅크: 카카오 뱅크")
	_ = cmd.MarkFlagFilename("words")
	check(cmd, "words", "an existing file", isFile)
}

// analyzer opens the dictionaries, the Korean one with these words.
func (d *dictionary) analyzer() (*analysis.Analyzer, error) {
	analyzer, _, err := d.languages()
	return analyzer, err
}

// languages is where the languages are chosen whose words are analyzed. Korean, which counts what its cache saves, is returned
// beside.
func (d *dictionary) languages() (*analysis.Analyzer, *korean.Analyzer, error) {
	words, err := d.read()
	if err != nil {
		return nil, nil, err
	}
	ko, err := korean.Open(words)
	if err != nil {
		return nil, nil, err
	}
	return analysis.New(ko), ko, nil
}

// maxWords bounds a file of words, in bytes: the words that are taken are a tenth of it.
const maxWords = 64 << 20

// read returns nil when no file is given.
func (d *dictionary) read() (*korean.UserWords, error) {
	if d.words == "" {
		return nil, nil
	}
	text, err := smallfile.Read(d.words, maxWords)
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	return korean.ReadUserWords(bytes.NewReader(text), d.words)
}

// openService opens the index for searches. The caller calls done.
func openService(f *folders, words dictionary, by embedder) (s *service.Service, done func() error, err error) {
	analyzer, err := words.analyzer()
	if err != nil {
		return nil, nil, err
	}
	own, err := readLevers(f.site)
	if err != nil {
		return nil, nil, err
	}
	index, err := f.open(analyzer)
	if err != nil {
		return nil, nil, err
	}
	if s, err = by.withMeaning(service.New(index, analyzer).WithLevers(own.forService())); err != nil {
		return nil, nil, errors.Join(err, index.Close())
	}
	return s, index.Close, nil
}

// hint says what a person can do about an error; empty when the error says it.
func hint(err error) string {
	if of := clusterHint(err); of != "" {
		return of
	}
	switch {
	case errors.Is(err, search.ErrNoIndex):
		return "make one with: chaja index --site FOLDER"
	case errors.Is(err, generation.ErrOtherAnalysis):
		return "give the same --words as chaja index had, or make it anew with these: chaja index --site FOLDER"
	case errors.Is(err, search.ErrOutdated):
		return "make it anew with: chaja index --site FOLDER"
	case errors.Is(err, errPoorer):
		return "make the site readable, or index what can be read with --allow-missing"
	case errors.Is(err, errEmptied):
		return "name another folder with --site, or empty the index with --allow-missing"
	case errors.Is(err, generation.ErrBusy):
		return "wait until it is done, or choose another folder with --index"
	case errors.Is(err, generation.ErrForeign):
		return "name a new or empty folder with --index, or move away what is named above if nothing needs it"
	case errors.Is(err, context.Canceled):
		return "it was interrupted; run it again to finish"
	case errors.Is(err, errCollection):
		return "name a folder that holds corpus.jsonl, queries.jsonl and qrels/test.tsv, in the form of BEIR"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "start a server with: chaja serve --site FOLDER"
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, syscall.EADDRNOTAVAIL):
		return "choose another address with --addr, such as --addr 127.0.0.1:7311, or --addr 127.0.0.1:0 for any free port"
	case errors.Is(err, smallfile.ErrKind):
		return "put a plain file there; a folder, pipe, device or socket is not read"
	case errors.Is(err, smallfile.ErrSize):
		return "shorten the file, or name another one"
	case errors.Is(err, embedding.ErrKey):
		return "put the key alone into a file that only you can read (chmod 600), and name that with --embedder-key-file"
	case errors.Is(err, errToken):
		return "make one with: openssl rand -hex 32 > FILE"
	case errors.Is(err, errCertificate):
		return "give the certificate, followed by those of its issuers, and its own key, both in the form of PEM"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return "raise the number of files that may be open (ulimit -n, or LimitNOFILE of the service)"
	case errors.Is(err, fs.ErrPermission):
		return "check the permissions of the file or folder named above"
	case errors.Is(err, syscall.EROFS):
		return "choose a folder that can be written with --index"
	case errors.Is(err, syscall.ENOSPC):
		return "free some disk space and run it again; the index is as it was"
	}
	return ""
}
