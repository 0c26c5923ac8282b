package site

import (
	"testing"
	"time"
)

// TestClock: zones with other clocks have other names, and every zone has one, also those whose clocks change for ever.
func TestClock(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{
		"UTC", "Asia/Seoul", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Europe/London",
		"Europe/Dublin", "Africa/Casablanca", "Asia/Tehran", "Australia/Sydney", "Pacific/Auckland",
	} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Skip("this machine has no time zones")
		}
		if other := seen[clock(zone)]; other != "" {
			t.Errorf("%s and %s share a clock", name, other)
		}
		seen[clock(zone)] = name
	}
	if seoul, err := time.LoadLocation("Asia/Seoul"); err != nil || seen[clock(seoul)] != "Asia/Seoul" {
		t.Errorf("the same zone has another name, %v", err)
	}
}
