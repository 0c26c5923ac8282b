package embedding

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"chaja/internal/smallfile"
)

// ErrKey is a file with a key that is not used as it is.
var ErrKey = errors.New("the key of the embedder")

// maxKey bounds a file with a key, in bytes.
const maxKey = 8 << 10

// ReadKey reads the key of a server from a file, without blanks around it. A file that others can read is refused, as is one
// without a key. The error wraps ErrKey and names the path.
func ReadKey(path string) (string, error) {
	text, err := smallfile.Read(path, maxKey)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrKey, err)
	}
	if info, err := os.Stat(path); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%w: %s can be read by others (mode %04o); make it yours alone with: chmod 600 %s", ErrKey, path, info.Mode().Perm(), path)
	}
	key := strings.TrimSpace(string(text))
	if key == "" || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return "", fmt.Errorf("%w: %s holds no key; want one line of letters, digits and signs", ErrKey, path)
	}
	return key, nil
}
