package searchbox

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unpack returns the files of a package for npm by their name.
func unpack(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	compressed, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for r := tar.NewReader(compressed); ; {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[header.Name] = string(content)
	}
}

// TestPackage: the package has what the server serves, and always the same bytes for the same content; its script does
// nothing where there is no document; and npm packs it as it is.
func TestPackage(t *testing.T) {
	archive := ask(t, hostile{}, "/search-box.tgz", "Accept-Encoding", "gzip")
	if got := archive.Header().Get("Content-Type") + archive.Header().Get("Content-Encoding"); got != "application/gzip" {
		t.Errorf("the package is sent as %s", got)
	}
	if !bytes.Equal(archive.Body.Bytes(), ask(t, hostile{}, "/search-box.tgz").Body.Bytes()) {
		t.Error("the same content makes another package")
	}
	files := unpack(t, archive.Body.Bytes())
	for _, name := range []string{"search-box.js", "search-box.d.ts", "search-box.css"} {
		if served := ask(t, hostile{}, "/"+name).Body.String(); served == "" || files["package/"+name] != served {
			t.Errorf("%s of the package is not what is served", name)
		}
	}
	var about struct {
		Version string
		Files   []string
	}
	if err := json.Unmarshal([]byte(files["package/package.json"]), &about); err != nil || !regexp.MustCompile(`^0\.0\.0-h[0-9a-f]{12}$`).MatchString(about.Version) {
		t.Errorf("version %q, %v", about.Version, err)
	}
	dir := t.TempDir()
	for name, content := range files {
		if err := os.MkdirAll(filepath.Join(dir, "package"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("node", func(t *testing.T) {
		node, err := exec.LookPath("node")
		if err != nil {
			t.Skip("node is not installed")
		}
		if out, err := exec.Command(node, filepath.Join(dir, "package", "search-box.js")).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("npm pack", func(t *testing.T) {
		npm, err := exec.LookPath("npm")
		if err != nil {
			t.Skip("npm is not installed")
		}
		cmd := exec.Command(npm, "pack", "--ignore-scripts", "--offline", "--silent")
		cmd.Dir = filepath.Join(dir, "package")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		packed, err := os.ReadFile(filepath.Join(cmd.Dir, string(bytes.TrimSpace(out))))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(files, unpack(t, packed)); diff != "" {
			t.Errorf("npm packs other files (-ours +npm's):\n%s", diff)
		}
	})
}
