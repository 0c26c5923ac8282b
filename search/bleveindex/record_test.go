package bleveindex

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

// TestRecord: what is stored of a document comes back as it was, and whatever is cut off it is an error.
func TestRecord(t *testing.T) {
	seoul := time.FixedZone("", 9*60*60)
	docs := []search.Document{
		{},
		{ID: "가.md", Title: "가", Date: time.Unix(0, 0).UTC(), Hash: "h"},
		{
			ID: "posts/a.md", URL: "/a%20b/", Title: strings.Repeat("긴 제목 ", 100),
			Date: time.Date(2024, 2, 29, 23, 59, 59, 0, seoul),
			Tags: []string{"Go", "", "검색"}, Categories: []string{"한 글"}, Lang: "ko", Hash: "0123",
			Sections: []search.Section{
				{End: 10}, {Heading: "둘", Level: 2, Anchor: "둘", Start: 10, End: 4000}, {Heading: "빈", Level: 6, Start: 4000, End: 4000},
			},
			Code: []search.Range{{Start: 3, End: 9}, {Start: 100, End: 3999}},
		},
	}
	for _, want := range docs {
		head := appendHead(nil, &want)
		var got search.Document
		if err := decodeHead(head, &got); err != nil {
			t.Errorf("%q: %v", want.ID, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", want.ID, diff)
		}
		if hash, err := decodeHash(head); hash != want.Hash || err != nil {
			t.Errorf("hash %q, want %q: %v", hash, want.Hash, err)
		}
		for n := range head {
			if err := decodeHead(slices.Clone(head[:n]), new(search.Document)); err == nil {
				t.Errorf("%q: no error for %d of %d bytes", want.ID, n, len(head))
			}
		}
	}
}

// TestDates: a date is the same number of seconds after it was a column's number, and none is none.
func TestDates(t *testing.T) {
	for _, seconds := range []int64{0, 1, -1, 1 << 40, -1 << 40, math.MaxInt64 >> 1, math.MinInt64 >> 1} {
		if got := dateSeconds(dateNumber(time.Unix(seconds, 0))); got != seconds {
			t.Errorf("%d seconds became %d", seconds, got)
		}
	}
	if got := dateSeconds(dateNumber(time.Time{})); got != noDate {
		t.Errorf("no date became %d", got)
	}
}

// FuzzRecord: any bytes are a document or an error, and take memory in proportion.
func FuzzRecord(f *testing.F) {
	f.Add(appendHead(nil, &search.Document{
		ID: "a", Tags: []string{"b"}, Sections: []search.Section{{Heading: "c", End: 5}}, Code: []search.Range{{End: 3}},
	}))
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, data []byte) {
		var doc search.Document
		if err := decodeHead(data, &doc); err != nil {
			return
		}
		if n := len(doc.Sections) + len(doc.Code) + len(doc.Tags); n > len(data) {
			t.Errorf("%d things in %d bytes", n, len(data))
		}
	})
}
