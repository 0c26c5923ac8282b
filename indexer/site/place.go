package site

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"chaja/internal/lazyregexp"
)

// zoneOf loads a time zone by its name, in whatever case; otherwise if there is no such zone.
func zoneOf(name string, otherwise *time.Location) *time.Location {
	if name == "" || name == "Local" {
		return otherwise
	}
	upper := true
	proper := strings.Map(func(r rune) rune {
		if upper {
			r = unicode.ToUpper(r)
		}
		upper = r == '/' || r == '_' || r == '-'
		return r
	}, strings.ToLower(name))
	for _, name := range []string{name, proper} {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return otherwise
}

// basePath returns the path of an address such as https://example.com/blog/ or /blog, without the slash at its end.
func basePath(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimRight("/"+strings.Trim(u.Path, "/"), "/")
}

// scheme begins an address on another site, or one that runs a script. Not every word before a colon is one, as a colon
// begins a placeholder too.
var scheme = lazyregexp.New(`(?i)^\s*(?:[a-z][a-z0-9+.-]*://|(?:javascript|vbscript|data|mailto|tel|file|blob|about):)`)

// encodedDots stand for dots. No generator writes them, and browsers take them as dots.
var encodedDots = strings.NewReplacer("%2e", ".", "%2E", ".")

// elsewhere reports whether a permalink leads away from the site, or to nothing that is served at all.
func elsewhere(permalink string) bool {
	path := encodedDots.Replace(strings.TrimSpace(permalink))
	return scheme().MatchString(path) || strings.HasPrefix(path, "//") || strings.Contains("/"+path+"/", "/../")
}

// refused says so of a permalink.
func refused(permalink string) string {
	return "permalink " + strings.ToValidUTF8(permalink, "\ufffd") + " does not lead to a page of this site; not used"
}

// encoded makes a URL of the path of a file, which may hold any character.
func encoded(path string) string {
	u := url.URL{Path: "/" + strings.TrimLeft(path, "/")}
	return u.EscapedPath()
}

// encodedOnce makes a URL of a path in which some characters may be encoded already.
func encodedOnce(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case c == '%' && i+2 < len(path) && isHex(path[i+1]) && isHex(path[i+2]):
			b.WriteByte(c)
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/!$&'()*+,;=:@", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

var slashes = lazyregexp.New(`/+`)

// squeezed makes one slash of several.
func squeezed(path string) string { return slashes().ReplaceAllString(path, "/") }
