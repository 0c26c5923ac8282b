package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"
)

// output is where results go. It remembers the first error of a write, as hardly any print looks at its own.
type output struct {
	to    io.Writer
	err   error
	pager io.WriteCloser // between it and to, if any
	paged func() error   // waits for the end of the pager
}

// Write writes to the end it was made for, until that fails.
func (o *output) Write(p []byte) (n int, err error) {
	if o.err != nil {
		return 0, o.err
	}
	if o.pager != nil {
		n, o.err = o.pager.Write(p)
	} else {
		n, o.err = o.to.Write(p)
	}
	return n, o.err
}

// through leads what is written to a pager, whose end ended waits for.
func (o *output) through(pager io.WriteCloser, ended func() error) { o.pager, o.paged = pager, ended }

// finish waits until the pager, if there is one, has shown all that was written or its reader has had enough.
func (o *output) finish() {
	if o.pager == nil {
		return
	}
	_ = o.pager.Close()
	_ = o.paged()
	if errors.Is(o.err, syscall.EPIPE) {
		o.err = nil
	}
}

// check returns err, the outcome of a command. It returns an error of its own when output was lost and nothing else went
// wrong.
func (o *output) check(err error) error {
	if o.err == nil || err != nil && !errors.Is(err, o.err) {
		return err
	}
	return &outputError{o.err}
}

// outputError is output that was lost. It does not unwrap: advice for a full disk elsewhere does not help here.
type outputError struct{ cause error }

func (e *outputError) Error() string {
	cause := e.cause
	var inPath *fs.PathError
	if errors.As(cause, &inPath) {
		cause = inPath.Err // the path is a guess: it may be a pipe
	}
	return fmt.Sprintf("write output: %v", cause)
}

// quiet reports whether nobody wants to know: who reads has closed the pipe, as head does.
func (e *outputError) quiet() bool { return errors.Is(e.cause, syscall.EPIPE) }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func printJSON(out io.Writer, value any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(out, escaped(text.String()))
	return err
}

// escaped writes the characters of JSON that steer a terminal as \u escapes, which mean the same. The encoder does so with
// some of them only.
func escaped(text string) string {
	var b strings.Builder
	last := 0
	for i, r := range text {
		if r < utf8.RuneSelf && r != '\x7f' || clean(string(r)) == string(r) {
			continue
		}
		fmt.Fprintf(&b, "%s\\u%04x", text[last:i], r) // none of them is beyond four digits
		last = i + utf8.RuneLen(r)
	}
	return b.String() + text[last:]
}

// progress shows how far a long run is, on a terminal only.
type progress struct {
	out   io.Writer // nil when it is not a terminal
	doing string
	bar   *progressbar.ProgressBar
}

// unknown is the total of what is not counted beforehand.
const unknown = -1

func newProgress(out io.Writer, doing string) *progress {
	if !isTerminal(out) {
		return &progress{doing: doing}
	}
	return &progress{out: behind(out), doing: doing} // the bar moves the cursor
}

func (p *progress) update(done, total int) {
	if p.out == nil {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(p.out), progressbar.OptionShowCount(),
			progressbar.OptionSetDescription(p.doing), progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(50*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	_ = p.bar.Set(done)
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
