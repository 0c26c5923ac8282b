package query

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"year", "2019", "2018-12-31T15:00:00Z"},
		{"month", "2019-08", "2019-07-31T15:00:00Z"},
		{"day", "2019-08-29", "2019-08-28T15:00:00Z"},
		{"leap day", "2020-02-29", "2020-02-28T15:00:00Z"},
		{"no leap day", "2019-02-29", ""},
		{"month 13", "2019-13", ""},
		{"short month", "2019-8", ""},
		{"short year", "19", ""},
		{"long year", "20190", ""},
		{"slashes", "29/08/2019", ""},
		{"with a time", "2019-08-29T00:00:00Z", ""},
		{"blank around", " 2019", ""},
		{"words", "yesterday", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseDate(tt.in)
			if tt.want == "" {
				if err == nil {
					t.Errorf("ParseDate(%q) = %v, want an error", tt.in, got)
				}
				return
			}
			if s := got.UTC().Format(time.RFC3339); err != nil || s != tt.want {
				t.Errorf("ParseDate(%q) = %s, %v; want %s", tt.in, s, err, tt.want)
			}
		})
	}
}
