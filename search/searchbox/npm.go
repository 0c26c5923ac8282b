package searchbox

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzip"
)

// packed are the files of the package for npm, and how each is served by itself; those without a type are in the package
// only. The script is made, the others are in assets/npm.
var packed = []struct{ name, contentType string }{
	{"package.json", ""},
	{"README.md", ""},
	{"search-box.css", "text/css; charset=utf-8"},
	{"search-box.d.ts", "text/plain; charset=utf-8"},
	{"search-box.js", "text/javascript; charset=utf-8"},
}

// packedAt is when files of a package were changed: the same for all, as npm does it, so that its checksum tells of its
// content only.
var packedAt = time.Date(1985, time.October, 26, 8, 15, 0, 0, time.UTC)

// serveBox adds the script, its types and its styles, and a package of them for npm, search-box.tgz, in which they are the
// same.
func serveBox(mux *http.ServeMux, script []byte) error {
	files := map[string][]byte{"search-box.js": script}
	for _, file := range packed {
		if files[file.name] == nil {
			content, err := assets.ReadFile("assets/npm/" + file.name)
			if err != nil {
				return fmt.Errorf("read file of the package: %w", err)
			}
			files[file.name] = content
		}
		if file.contentType != "" {
			mux.Handle("GET /"+file.name, newAsset(file.contentType, files[file.name]))
		}
	}
	archive, err := pack(files)
	if err != nil {
		return err
	}
	mux.Handle("GET /search-box.tgz", newAsset("application/gzip", archive))
	return nil
}

// pack makes the archive that npm pack makes of the files. The version in package.json becomes that of the content.
func pack(files map[string][]byte) ([]byte, error) {
	sum := sha256.New()
	for _, file := range packed {
		sum.Write(files[file.name])
	}
	version := "0.0.0-h" + hex.EncodeToString(sum.Sum(nil)[:6]) // a number alone would be none of semver
	var b bytes.Buffer
	compressed, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	archive := tar.NewWriter(compressed)
	for _, file := range packed {
		content := files[file.name]
		if file.name == "package.json" {
			content = bytes.Replace(content, []byte(`"0.0.0"`), []byte(`"`+version+`"`), 1)
		}
		header := &tar.Header{Name: "package/" + file.name, Mode: 0o644, Size: int64(len(content)), ModTime: packedAt, Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(header); err != nil {
			return nil, fmt.Errorf("pack %s: %w", file.name, err)
		}
		if _, err := archive.Write(content); err != nil {
			return nil, fmt.Errorf("pack %s: %w", file.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	if err := compressed.Close(); err != nil {
		return nil, fmt.Errorf("compress package: %w", err)
	}
	return b.Bytes(), nil
}
