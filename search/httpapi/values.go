package httpapi

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"chaja/search/chars"
	"chaja/search/query"
)

// set reads the values of a parameter into its field. The error says what is wrong with them. The field is set even then:
// a number to the nearest in range, everything else to its default.
func (p param) set(values []string) error {
	if to, ok := p.to.(*[]string); ok {
		return p.setTexts(to, values)
	}
	first := ""
	if len(values) > 0 {
		first = values[0]
	}
	if p.required && first == "" {
		return p.bad("missing")
	}
	value, tooLong := p.clean(first)
	var err error
	switch to := p.to.(type) {
	case *string:
		*to, err = p.text(value)
	case *int:
		*to, err = p.number(value)
	case *bool:
		*to, err = p.flag(value)
	case *time.Time:
		*to, err = p.date(value)
	}
	return cmp.Or(tooLong, err)
}

// clean checks the length of a value and makes it text that can be shown anywhere.
func (p param) clean(value string) (string, error) {
	if limit := p.bytes(); len(value) > limit {
		return "", p.bad("bytes", "n", len(value), "limit", limit)
	}
	return chars.OneLine(value), nil
}

// setTexts reads all values of a parameter that may be given again.
func (p param) setTexts(to *[]string, values []string) error {
	*to = nil
	if len(values) > MaxFilters {
		return p.bad("times", "n", len(values), "limit", MaxFilters)
	}
	for _, v := range values {
		v, err := p.clean(v)
		if err != nil {
			return err
		}
		if v = strings.TrimSpace(v); v != "" {
			*to = append(*to, v)
		}
	}
	return nil
}

func (p param) text(value string) (string, error) {
	switch {
	case p.pattern != nil && !p.pattern.MatchString(value):
		return "", p.bad("language")
	case p.choices != nil && value == "":
		return p.choices[0], nil
	case p.choices != nil && !slices.Contains(p.choices, value):
		return p.choices[0], p.bad("choice", "choices", strings.Join(p.choices, ", "))
	}
	return value, nil
}

func (p param) number(value string) (int, error) {
	if value == "" {
		return p.absent, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > p.limit {
		return min(max(n, 1), p.limit), p.bad("number", "limit", p.limit)
	}
	return n, nil
}

func (p param) flag(value string) (bool, error) {
	if value != "" && value != "0" && value != "1" {
		return false, p.bad("flag")
	}
	return value == "1", nil
}

func (p param) date(value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	t, err := query.ParseDate(value)
	if err != nil {
		return time.Time{}, p.bad("date")
	}
	return t, nil
}
