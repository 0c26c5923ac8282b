package httpapi

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// accessLog writes a line for each request. It says neither what was searched for nor from where, as a log is kept and
// read by others than the server. A proxy in front that keeps addresses names the request by the same ID.
func (a *api) accessLog(rt route, next http.Handler) http.Handler {
	usual := slog.LevelInfo
	if rt.probe {
		usual = slog.LevelDebug
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, seen := time.Now(), &recorder{ResponseWriter: w}
		defer func() { // also when the connection is cut by a panic
			level, v := usual, visitOf(r)
			attrs := []slog.Attr{slog.String("id", v.id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", seen.status), slog.Int64("bytes", seen.bytes), slog.Duration("took", time.Since(start).Round(time.Microsecond))}
			if v.failure != nil {
				level, attrs = slog.LevelError, append(attrs, slog.Any("error", v.failure))
			}
			a.lines.write(level, "request", free(seen.status), attrs...)
		}()
		next.ServeHTTP(seen, r)
	})
}

// free returns what a request is counted under that costs its client nothing; "" for one that was worked for.
func free(status int) string {
	if status == http.StatusOK || status == http.StatusNotModified {
		return ""
	}
	return strconv.Itoa(status)
}

// Bounds of the lines that clients can cause at no cost.
const (
	lineInterval = 10 * time.Second
	linesEach    = 10 // of one kind in an interval: enough to see what is going on
)

// bounded writes lines to a log: all those that have no kind, and of each kind the first of an interval. At the end of the
// interval it tells how many more there were.
type bounded struct {
	log *slog.Logger

	mu   sync.Mutex
	seen map[string]int // lines in this interval, by kind; nil when none has begun
}

func newBounded(log *slog.Logger) *bounded { return &bounded{log: log} }

// write writes a line unless there are too many of its kind. The kinds must be few.
func (b *bounded) write(level slog.Level, message, kind string, attrs ...slog.Attr) {
	ctx := context.Background()
	if !b.log.Enabled(ctx, level) || kind != "" && !b.admit(message+" "+kind) {
		return
	}
	b.log.LogAttrs(ctx, level, message, attrs...)
}

func (b *bounded) admit(kind string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.seen == nil {
		b.seen = map[string]int{}
		time.AfterFunc(lineInterval, b.tell)
	}
	b.seen[kind]++
	return b.seen[kind] <= linesEach
}

// tell ends an interval.
func (b *bounded) tell() {
	b.mu.Lock()
	seen := b.seen
	b.seen = nil
	b.mu.Unlock()
	var more []string
	for kind, n := range seen {
		if n > linesEach {
			more = append(more, kind+": "+strconv.Itoa(n-linesEach))
		}
	}
	if len(more) > 0 {
		slices.SortFunc(more, cmp.Compare)
		b.log.Warn("more lines of the same were left out", "lines", strings.Join(more, ", "), "within", lineInterval)
	}
}

// connectionLog takes what net/http says about connections: that one could not be accepted, or spoke no TLS.
type connectionLog struct{ lines *bounded }

// clientName is where net/http names the client.
var clientName = regexp.MustCompile(` (from|serving) [^ ]*:\d+`)

// Write implements io.Writer for one message.
func (c connectionLog) Write(p []byte) (int, error) {
	text := clientName.ReplaceAllString(strings.TrimPrefix(strings.TrimSpace(string(p)), "http: "), "")
	what, _, _ := strings.Cut(text, ":")
	kind := "other"
	if what == "Accept error" || what == "TLS handshake error" {
		kind = what
	}
	c.lines.write(slog.LevelWarn, "connection", kind, slog.String("error", text))
	return len(p), nil
}
