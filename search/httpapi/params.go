package httpapi

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"chaja/search/chars"
	"chaja/search/query"
)

// Limits of the parameters; beyond them the answer is 400. Those of paging are in package search.
const (
	// MaxQueryBytes bounds q. The query parser looks at query.MaxBytes and leaves out the rest, as people paste
	// whole paragraphs; what is longer than this is no question.
	MaxQueryBytes = 16 << 10

	// MaxFilters bounds the values of tag and of category: each is one more list to intersect, and no post has as
	// many tags.
	MaxFilters = 16

	// MaxValueBytes bounds every other value. Tags are words, not texts.
	MaxValueBytes = 512
)

// param is one parameter of a route.
type param struct {
	name  string
	about string
	kind  kind
	limit int // bytes of a text, or the largest number; 0 is MaxValueBytes

	required bool // without it there is nothing to answer

	absent  int      // of a number: its value when it is not given
	choices []string // of a choice: the values there are, the first when it is not given
	example string
}

// kind is what a parameter may hold.
type kind int

// The kinds there are, with the type of their values.
const (
	textKind   kind = iota // string
	textsKind              // []string, may be given several times
	numberKind             // int, from 1 to limit
	flagKind               // bool, as 1 or 0
	dateKind               // time.Time, the first moment of a year, month or day, at +0900
	choiceKind             // string, one of choices
	langKind               // string, a language tag
)

// params are the values of the parameters of a route, each of the type of its kind, and the language of the client.
type params map[string]any

// localeKey is no name of a parameter.
const localeKey = "Accept-Language"

func (p params) text(name string) string    { s, _ := p[name].(string); return s }
func (p params) texts(name string) []string { s, _ := p[name].([]string); return s }
func (p params) number(name string) int     { n, _ := p[name].(int); return n }
func (p params) flag(name string) bool      { f, _ := p[name].(bool); return f }
func (p params) date(name string) time.Time { t, _ := p[name].(time.Time); return t }

// readParams reads what a route declares and ignores the rest. An empty value counts as absent, since forms send empty
// fields, and of several values the first counts. The error names the first parameter that is wrong.
func readParams(r *http.Request, declared []param) (params, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		if err := findBadEncoding(r.URL.RawQuery, declared); err != nil {
			return nil, err
		}
	}
	p := params{localeKey: asked(r)}
	for _, d := range declared {
		value, bad := d.read(values[d.name])
		if bad != nil {
			return nil, bad
		}
		p[d.name] = value
	}
	return p, nil
}

// findBadEncoding returns an error for the first declared parameter whose value cannot be decoded, nil when it is others
// that cannot.
func findBadEncoding(raw string, declared []param) error {
	for pair := range strings.SplitSeq(raw, "&") {
		_, err := url.ParseQuery(pair)
		name, _, _ := strings.Cut(pair, "=")
		at := slices.IndexFunc(declared, func(d param) bool { return d.name == name })
		if err == nil || at < 0 {
			continue
		}
		wrong := ";" // the only other thing that ParseQuery does not take
		if escape, ok := errors.AsType[url.EscapeError](err); ok {
			wrong = string(escape)
		}
		return declared[at].fail(words{"has %q, which must be encoded", "%q를 인코딩해야 합니다"}.with(wrong),
			words{"percent-encode the values: % is %25, ; is %3B, + is %2B", "값을 퍼센트 인코딩하세요: %는 %25, ;는 %3B, +는 %2B"})
	}
	return nil
}

// read makes the values of a parameter one of its kind.
func (d param) read(values []string) (any, error) {
	if d.kind == textsKind {
		return d.readTexts(values)
	}
	value := ""
	if len(values) > 0 {
		value = values[0]
	}
	value, err := d.clean(value)
	if err != nil {
		return nil, err
	}
	if d.required && strings.TrimSpace(value) == "" {
		return nil, d.fail(words{"is missing", "빠졌습니다"}, words{"give it a value", "값을 쓰세요"})
	}
	switch d.kind {
	case numberKind:
		return d.readNumber(value)
	case flagKind:
		return d.readFlag(value)
	case dateKind:
		return d.readDate(value)
	case choiceKind:
		return d.readChoice(value)
	case langKind:
		return d.readLang(value)
	}
	return value, nil
}

func (d param) fail(problem, fix words) error { return &badParameter{d.name, problem, fix} }

// clean checks the length of a value and makes it text that can be shown anywhere: valid UTF-8, with blanks for control
// characters and without those that only steer the display, which turn what stands beside them around.
func (d param) clean(value string) (string, error) {
	if limit := d.bytes(); len(value) > limit {
		return "", d.fail(words{"has %d bytes", "%d바이트나 됩니다"}.with(len(value)),
			words{"give at most %d bytes", "%d바이트까지만 쓰세요"}.with(limit))
	}
	return chars.OneLine(value), nil
}

// bytes is the longest value that is read.
func (d param) bytes() int {
	if d.kind == textKind && d.limit > 0 {
		return d.limit
	}
	return MaxValueBytes
}

// readTexts reads all values of a parameter that may be given again.
func (d param) readTexts(values []string) ([]string, error) {
	if len(values) > MaxFilters {
		return nil, d.fail(words{"is given %d times", "%d번 나옵니다"}.with(len(values)),
			words{"give it at most %d times", "%d번까지만 쓰세요"}.with(MaxFilters))
	}
	var read []string
	for _, v := range values {
		v, err := d.clean(v)
		if err != nil {
			return nil, err
		}
		if v = strings.TrimSpace(v); v != "" {
			read = append(read, v)
		}
	}
	return read, nil
}

func (d param) readNumber(value string) (int, error) {
	if value == "" {
		return d.absent, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > d.limit {
		return 0, d.fail(words{"is not a number in its range", "범위 안의 수가 아닙니다"},
			words{"give a whole number from 1 to %d", "1부터 %d까지의 정수를 쓰세요"}.with(d.limit))
	}
	return n, nil
}

func (d param) readFlag(value string) (bool, error) {
	switch value {
	case "", "0":
		return false, nil
	case "1":
		return true, nil
	}
	return false, d.fail(words{"is neither 1 nor 0", "1도 0도 아닙니다"}, words{"give 1, or leave it out", "1을 쓰거나 빼세요"})
}

func (d param) readDate(value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	t, err := query.ParseDate(value)
	if err != nil {
		return t, d.fail(words{"is not a date", "날짜가 아닙니다"},
			words{"give a year, a month or a day: 2019, 2019-08 or 2019-08-29", "연, 월, 일 가운데 하나를 쓰세요: 2019, 2019-08, 2019-08-29"})
	}
	return t, nil
}

func (d param) readChoice(value string) (string, error) {
	if value == "" {
		return d.choices[0], nil
	}
	if !slices.Contains(d.choices, value) {
		return "", d.fail(words{"is none of its values", "정해진 값이 아닙니다"},
			words{"give one of: %s", "다음 가운데 하나를 쓰세요: %s"}.with(strings.Join(d.choices, ", ")))
	}
	return value, nil
}

// readLang reads letters and digits with hyphens, as in ko or en-US.
func (d param) readLang(value string) (string, error) {
	other := func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}
	if strings.ContainsFunc(value, other) {
		return "", d.fail(words{"is not a language", "언어가 아닙니다"}, words{"give a language tag such as ko or en", "ko나 en 같은 언어 표시를 쓰세요"})
	}
	return value, nil
}

// pretty reports whether the answer is to be read by a person, be it an error or not.
func pretty(r *http.Request) bool { return r.URL.Query().Get("pretty") == "1" }
