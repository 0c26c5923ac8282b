package searchbox

import (
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/httpapi"
)

// TestChoices: what is chosen can be taken back, whether it is in the results or not. "+" stands for chosen.
func TestChoices(t *testing.T) {
	tags := []search.Facet{{Value: "spring boot", Count: 9}, {Value: "jpa", Count: 2}}
	years := []search.Facet{{Value: "2019", Count: 4}, {Value: "2021", Count: 3}}
	tests := []struct {
		name, query string
		tags        []search.Facet
		years       []search.Facet
		want        []string // tags, then dates
	}{
		{"nothing chosen", "q=a", tags, years, []string{
			"spring boot ./?q=a&tag=spring+boot", "jpa ./?q=a&tag=jpa", "2021 ./?after=2021&before=2022&q=a", "2019 ./?after=2019&before=2020&q=a"}},
		{"a tag in another spelling", "tag=Spring-Boot", tags, nil, []string{"+spring boot ./?", "jpa ./?tag=Spring-Boot&tag=jpa"}},
		{"a tag in two spellings", "tag=spring-boot&tag=springboot&tag=jpa", tags, nil, []string{"+spring boot ./?tag=jpa", "+jpa ./?tag=spring-boot&tag=springboot"}},
		{"nothing found with a tag", "q=a&tag=x", nil, nil, []string{"+x ./?q=a"}},
		{"a year", "q=a&after=2019&before=2020", nil, years[:1], []string{"+2019 ./?q=a"}},
		{"nothing found in a year", "q=a&after=2019&before=2020", nil, nil, []string{"+2019 ./?q=a"}},
		{"from a month", "q=a&after=2019-08", nil, years, []string{
			"+from 2019-08 ./?q=a", "2021 ./?after=2021&before=2022&q=a", "2019 ./?after=2019&before=2020&q=a"}},
		{"two bounds", "after=2019-08&before=2020-01-02", nil, nil, []string{"+from 2019-08 ./?before=2020-01-02", "+before 2020-01-02 ./?after=2019-08"}},
		{"no date", "q=a&after=yesterday&before=2020-99", nil, nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			given, err := url.ParseQuery(test.query)
			if err != nil {
				t.Fatal(err)
			}
			q := readQuestion(given)
			var got []string
			for _, c := range append(q.choices("tag", test.tags), q.dates(test.years, in("en"))...) {
				text := c.Value + " " + c.Link
				if c.Chosen {
					text = "+" + text
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestClamp(t *testing.T) {
	tests := []struct {
		name        string
		page, total int
		want        int
		again       bool
	}{
		{"on a page", 2, 11, 2, false},
		{"beyond the last", 50, 11, 2, true},
		{"beyond the last of very many", 9999, 1 << 20, 100, false}, // readQuestion has done it
		{"nothing found", 3, 0, 1, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := readQuestion(url.Values{"page": {strconv.Itoa(test.page)}})
			if again := q.clamp(test.total); again != test.again || q.Request.Page != test.want {
				t.Errorf("page %d, again %t; want %d, %t", q.Request.Page, again, test.want, test.again)
			}
		})
	}
}

func TestMarking(t *testing.T) {
	words := markedWords(search.Hit{TitleHTML: "<mark>a&amp;b</mark> c", ExcerptHTML: "<mark>쿼리</mark> <mark>a&amp;b</mark>"})
	tests := []struct{ name, link, want string }{
		{"a post", "/p/", "/p/?highlight=a%26b&highlight=%EC%BF%BC%EB%A6%AC"},
		{"a section", "/p/#s", "/p/?highlight=a%26b&highlight=%EC%BF%BC%EB%A6%AC#s"},
		{"with parameters", "/p?id=1&a", "/p?id=1&a&highlight=a%26b&highlight=%EC%BF%BC%EB%A6%AC"},
		{"nowhere", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := marking(test.link, words); got != test.want {
				t.Errorf("leads to %s, want %s", got, test.want)
			}
		})
	}
}

// TestTooLong: a query beyond the limit is not taken for none.
func TestTooLong(t *testing.T) {
	handler, err := New(backend(hostile{}), Blog{})
	if err != nil {
		t.Fatal(err)
	}
	for length, want := range map[int]bool{httpapi.MaxQueryBytes: false, httpapi.MaxQueryBytes + 1: true} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest("GET", "/?tag=a&q="+strings.Repeat("a", length), nil))
		if got := strings.Contains(answer.Body.String(), in("en").TooLong); got != want {
			t.Errorf("a query of %d bytes is said to be too long: %t", length, got)
		}
	}
}
