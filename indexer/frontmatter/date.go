package frontmatter

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"chaja/internal/lazyregexp"
)

// DefaultZone returns the zone of a date that states none: Korean standard time, which has no summer time.
func DefaultZone() *time.Location { return time.FixedZone("KST", 9*60*60) }

// ParseDate reads year, month and day, with a time and a zone if there are any, as any generator takes them: in digits,
// in Korean or in English, or as Unix time. It reports false for anything else and for days and times that do not
// exist.
func ParseDate(s string) (time.Time, bool) { return ParseDateIn(s, DefaultZone()) }

var (
	datePattern = lazyregexp.New(`^(\d{4}|\d{2})(?:[-/.]|\. )(\d{1,2})(?:[-/.]|\. )(\d{1,2})\.?(?: ?\([^()]*\))?` + timePattern + `$`)
	koreanDate  = lazyregexp.New(`^(\d{4}) ?년 ?(\d{1,2}) ?월 ?(\d{1,2}) ?일(?: ?\(?[월화수목금토일](?:요일)?\)?)?` + timePattern + `$`)
	compactDate = lazyregexp.New(`^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$`)
	unixTime    = lazyregexp.New(`^\d{9,10}(\d{3})?$`)
	monthOnly   = lazyregexp.New(`^(\d{4})-(\d{1,2})$`)
)

const timePattern = `(?:(?:[Tt]|[ ,]+)(오전|오후|[AaPp][Mm])? ?(\d{1,2})(?::| ?시 ?)(\d{1,2})?(?:(?::| ?분 ?)(?:(\d{1,2})(?:[.,]\d+)?초?)?)?` +
	` ?([AaPp][Mm])? ?(Z|z|[A-Z]{3,4}|Asia/Seoul|[+-](?:[01]?\d|2[0-3])(?::?[0-5]\d)?)?(?: \(?[A-Z]{3,4}\)?)?)?`

// ParseDateIn does the same. A date without a zone is in the zone given.
func ParseDateIn(s string, otherwise *time.Location) (time.Time, bool) {
	if m := compactDate().FindStringSubmatch(s); m != nil {
		date, ok := exact(m[1:4], m[4:7], "", "", otherwise)
		if ok || m[1][:2] == "19" || m[1][:2] == "20" { // digits that begin with a year are a date, though a wrong one
			return date, ok
		}
	}
	if m := monthOnly().FindStringSubmatch(s); m != nil {
		return exact([]string{m[1], m[2], "1"}, []string{"", "", ""}, "", "", otherwise)
	}
	if m := unixTime().FindStringSubmatch(s); m != nil {
		seconds, err := strconv.ParseInt(strings.TrimSuffix(s, m[1]), 10, 64)
		return time.Unix(seconds, 0).In(otherwise), err == nil
	}
	for _, pattern := range []*regexp.Regexp{datePattern(), koreanDate()} {
		if m := pattern.FindStringSubmatch(s); m != nil && (len(m[1]) == 4 || strings.Contains(s, m[1]+"-")) {
			return exact(m[1:4], m[5:8], m[4]+m[8], m[9], otherwise)
		}
	}
	return inEnglish(s, otherwise)
}

// exact returns the time of these parts, if it exists. A year of two digits is of the last century from 69 on, as Ruby
// has it.
func exact(day, clock []string, half, zoneName string, otherwise *time.Location) (time.Time, bool) {
	var n [6]int
	for i, digits := range append(append([]string{}, day...), clock...) {
		n[i], _ = strconv.Atoi(digits) // digits, or nothing for 0
	}
	if len(day[0]) == 2 {
		n[0] += 2000
		if n[0] >= 2069 {
			n[0] -= 100
		}
	}
	location, ok := zone(zoneName, otherwise)
	if n[3], ok = hour(n[3], half, ok); !ok {
		return time.Time{}, false
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, location)
	if t.Month() != time.Month(n[1]) || t.Day() != n[2] || t.Hour() != n[3] || t.Minute() != n[4] || n[5] > 59 {
		return time.Time{}, false
	}
	return t, true
}

// hour returns the hour of the day, of n in the forenoon or afternoon if half says so. It reports false if there is no
// such hour, or if ok is false.
func hour(n int, half string, ok bool) (int, bool) {
	switch strings.ToLower(half) {
	case "":
		return n, ok
	case "am", "오전", "pm", "오후":
		if n < 1 || n > 12 {
			return 0, false
		}
		n %= 12
		if half = strings.ToLower(half); half == "pm" || half == "오후" {
			n += 12
		}
		return n, ok
	}
	return 0, false // both before and after the hour
}

// zone reads the name or offset of a zone.
func zone(s string, otherwise *time.Location) (*time.Location, bool) {
	switch s {
	case "":
		return otherwise, true
	case "KST", "JST", "Asia/Seoul":
		return DefaultZone(), true
	case "Z", "z", "UTC", "GMT":
		return time.UTC, true
	}
	names := map[string]int{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "BST": 1}
	if hours, ok := names[s]; ok {
		return time.FixedZone(s, hours*3600), true
	}
	if s[0] != '+' && s[0] != '-' {
		return nil, false
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	if len(digits) <= 2 {
		digits += "00"
	}
	n, err := strconv.Atoi(digits)
	seconds := n/100*3600 + n%100*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), err == nil
}

// inEnglish reads dates with names of months, as programs and people write them.
func inEnglish(s string, otherwise *time.Location) (time.Time, bool) {
	if !strings.ContainsAny(s, "JFMASOND") {
		return time.Time{}, false
	}
	for _, layout := range []string{
		time.RFC1123Z, time.RFC1123, time.RFC850, time.RFC822Z, time.RFC822, time.ANSIC, time.UnixDate, time.RubyDate,
		"Mon Jan 2 2006 15:04:05 GMT-0700 (MST)", "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006",
		"2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "Jan. 2, 2006",
		"2 Jan 2006 15:04", "January 2, 2006 15:04", "January 2, 2006 3:04 PM", "Jan 2, 2006 15:04", "Jan 2, 2006 3:04 PM",
		"2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05 -0700", "January 2, 2006 15:04:05", "Jan 2, 2006 15:04:05",
	} {
		if t, err := time.ParseInLocation(layout, s, otherwise); err == nil {
			if name, offset := t.Zone(); offset == 0 { // a name that the program does not know counts as no offset
				if location, ok := zone(name, otherwise); ok {
					t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, location)
				}
			}
			return t, true
		}
	}
	return time.Time{}, false
}
