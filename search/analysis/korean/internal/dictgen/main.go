// Command dictgen packs the mecab-ko-dic data that kagome-dict-ko carries into the file that package dict opens.
// It is the only place, tests aside, that imports kagome.
package main

import (
	"flag"
	"fmt"
	"os"

	ko "github.com/ikawaha/kagome-dict-ko"

	"chaja/search/analysis/korean/internal/dict"
)

func main() {
	out := flag.String("out", "korean.dict", "file to write")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "dictgen:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	file, err := generate()
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, file, 0o644); err != nil {
		return fmt.Errorf("write dictionary: %w", err)
	}
	return nil
}

// generate returns the bytes of the dictionary, always the same for the same version of kagome-dict-ko.
func generate() ([]byte, error) {
	src, err := convert(ko.Dict())
	if err != nil {
		return nil, fmt.Errorf("convert mecab-ko-dic: %w", err)
	}
	file, err := dict.Encode(src)
	if err != nil {
		return nil, fmt.Errorf("pack dictionary: %w", err)
	}
	return file, nil
}
