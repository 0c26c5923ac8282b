package site

import (
	"strings"
	"testing"
	"time"
)

// TestTemplatesAreLinear: a source of four times the length takes four times as long, not sixteen times, whatever is begun in
// it and not ended.
func TestTemplatesAreLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	took := func(prepare func(string) string, before, unit, after string, n int) time.Duration {
		source := before + strings.Repeat(unit, n/len(unit)) + after
		start := time.Now()
		prepare(source)
		return time.Since(start)
	}
	jekyll := func(s string) string { return expand(s, hexoTag) }
	for _, tt := range []struct{ before, unit, after string }{
		{"{% raw %}", "{% endraw", " %}"}, {"{% raw %}", "{% endraw ", strings.Repeat(" ", 1<<18) + "%}"}, {"", "{% raw %}{% endraw", ""},
		{"{% raw %}", "{% x %}", ""}, {"", "{% raw %}", ""}, {"", "{{", ""}, {"", "{%", "%}"}, {"{% code %}", "{% endcode", "%}"},
		{"", "{{< highlight >}}", ""}, {"{{< highlight >}}", "{{< /highlight", ">}}"}, {"", "{{< comment", ""}, {"", "{{% a %}}", ""},
	} {
		for name, prepare := range map[string]func(string) string{"tags": jekyll, "shortcodes": expandShortcodes} {
			const n = 256 << 10
			once, four := took(prepare, tt.before, tt.unit, tt.after, n), took(prepare, tt.before, tt.unit, tt.after, 4*n)
			if four > time.Second && four > 10*once {
				t.Errorf("%s: %q after %q: %v, four times that %v", name, tt.unit, tt.before, once, four)
			}
		}
	}
}

// TestMetadataIsBounded: lines without end are no metadata of Pelican.
func TestMetadataIsBounded(t *testing.T) {
	source := "Title: a\n" + strings.Repeat("    b\n", 1<<20)
	fields, lines := readMetadata(source)
	if lines != maxMetadata || len(fields["title"]) > 2*maxMetadata {
		t.Errorf("%d lines, a title of %d bytes", lines, len(fields["title"]))
	}
}
