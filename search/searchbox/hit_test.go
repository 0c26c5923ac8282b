package searchbox

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

// TestParts: of a hit the best section is shown with its text, and one more by its heading alone, if that was searched for;
// none that repeats the title.
func TestParts(t *testing.T) {
	section := func(heading, html string) search.HitSection {
		return search.HitSection{Heading: heading, HeadingHTML: html, ExcerptHTML: "text of " + heading}
	}
	h := newHit(search.Hit{Title: "Kafka, again", Sections: []search.HitSection{
		section("kafka again!", "<mark>kafka</mark> again!"), section("Lag", "Lag"), section("Offsets", "Offsets"),
		section("Kafka Streams", "<mark>Kafka</mark> Streams"), section("Kafka Connect", "<mark>Kafka</mark> Connect"),
	}}, Blog{})
	var got []string
	for _, p := range h.Parts {
		got = append(got, p.Heading+": "+p.ExcerptHTML)
	}
	if diff := cmp.Diff([]string{"Lag: text of Lag", "Kafka Streams: "}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSaysTheSame: the signs of a name are part of it.
func TestSaysTheSame(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{{"Kafka, again", "kafka again!", true}, {"C++", "C#", false}, {"C++", "C", false}, {"C# 입문", "c#-입문", true}} {
		if saysTheSame(tt.a, tt.b) != tt.same {
			t.Errorf("%q and %q say the same: %v", tt.a, tt.b, !tt.same)
		}
	}
}
