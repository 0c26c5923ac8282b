package query

import (
	"fmt"
	"time"
)

// Zone is that of every day that a query names and of every year that posts are counted under, +0900: the blogs that chaja
// serves date their posts in it, and a day must not depend on where the server runs.
func Zone() *time.Location { return time.FixedZone("KST", 9*60*60) }

// ParseDate reads a year, a month or a day (2019, 2019-08, 2019-08-29) and returns the moment it begins, at +0900.
// As a lower bound that moment is included, as an upper bound excluded.
func ParseDate(s string) (time.Time, error) {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, Zone()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("date %.20q is not like 2019, 2019-08 or 2019-08-29", s)
}
