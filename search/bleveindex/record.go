package bleveindex

import (
	"encoding/binary"
	"errors"
	"time"

	"chaja/search"
)

// dateNumber returns a date as a number of a column, 0 for none: seconds before and after 1970 in turn, as columns
// have no negative numbers.
func dateNumber(date time.Time) uint64 {
	if date.IsZero() {
		return 0
	}
	seconds := date.Unix()
	return uint64(seconds<<1^seconds>>63) + 1
}

// dateSeconds is the reverse of dateNumber: Unix seconds, noDate for none.
func dateSeconds(n uint64) int64 {
	if n == 0 {
		return noDate
	}
	n--
	return int64(n>>1) ^ -int64(n&1)
}

// appendHead appends all of a document but its text. The hash comes first, as it is read alone.
func appendHead(out []byte, doc *search.Document) []byte {
	out = appendString(appendString(out, doc.Hash), doc.ID)
	out = appendString(appendString(out, doc.URL), doc.Title)
	date, err := doc.Date.AppendBinary(nil)
	if doc.Date.IsZero() || err != nil { // the error: a zone of the date, which is not shown, is out of bounds
		date = nil
	}
	out = appendString(out, string(date))
	out = appendString(out, doc.Lang)
	for _, list := range [][]string{doc.Tags, doc.Categories} {
		out = binary.AppendUvarint(out, uint64(len(list)))
		for _, s := range list {
			out = appendString(out, s)
		}
	}
	return appendSections(out, doc)
}

// appendSections appends the sections and the blocks of code.
func appendSections(out []byte, doc *search.Document) []byte {
	out = binary.AppendUvarint(out, uint64(len(doc.Sections)))
	end := 0
	for _, s := range doc.Sections {
		out = appendString(appendString(out, s.Heading), s.Anchor)
		out = binary.AppendUvarint(out, uint64(s.Level))
		out, end = appendRange(out, s.Start, s.End, end)
	}
	out = binary.AppendUvarint(out, uint64(len(doc.Code)))
	end = 0
	for _, c := range doc.Code {
		out, end = appendRange(out, c.Start, c.End, end)
	}
	return out
}

// appendRange appends a range, which mostly begins behind the end of the one before.
func appendRange(out []byte, start, end, before int) ([]byte, int) {
	return binary.AppendVarint(binary.AppendVarint(out, int64(start-before)), int64(end-start)), end
}

func appendString(out []byte, s string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(s))), s...)
}

var errRecord = errors.New("decode document: what is stored of it is damaged")

// decoder reads what was appended. Beyond the end it reads nothing, and bad says so.
type decoder struct {
	data []byte
	bad  bool
}

// decodeHead sets what appendHead wrote.
func decodeHead(data []byte, doc *search.Document) error {
	d := decoder{data: data}
	doc.Hash, doc.ID = d.string(), d.string()
	doc.URL, doc.Title = d.string(), d.string()
	if date := d.string(); date != "" && doc.Date.UnmarshalBinary([]byte(date)) != nil {
		d.bad = true
	}
	doc.Lang, doc.Tags, doc.Categories = d.string(), d.strings(), d.strings()
	d.sections(doc)
	if d.bad {
		return errRecord
	}
	return nil
}

// decodeHash returns the hash of what appendHead wrote.
func decodeHash(data []byte) (string, error) {
	d := decoder{data: data}
	hash := d.string()
	if d.bad {
		return "", errRecord
	}
	return hash, nil
}

// sections sets what appendSections wrote.
func (d *decoder) sections(doc *search.Document) {
	if n := d.count(); n > 0 {
		doc.Sections = make([]search.Section, n)
	}
	end := 0
	for i := range doc.Sections {
		s := &doc.Sections[i]
		s.Heading, s.Anchor, s.Level = d.string(), d.string(), int(d.uvarint())
		s.Start, s.End = d.span(end)
		end = s.End
	}
	if n := d.count(); n > 0 {
		doc.Code = make([]search.Range, n)
	}
	end = 0
	for i := range doc.Code {
		doc.Code[i].Start, doc.Code[i].End = d.span(end)
		end = doc.Code[i].End
	}
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.data)
	return uint64(d.took(int64(v), n))
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.data)
	return d.took(v, n)
}

func (d *decoder) took(v int64, n int) int64 {
	if n <= 0 {
		d.data, d.bad = nil, true
		return 0
	}
	d.data = d.data[n:]
	return v
}

// count reads the number of things that take a byte at least.
func (d *decoder) count() int {
	n := d.uvarint()
	if n > uint64(len(d.data)) {
		d.data, d.bad = nil, true
		return 0
	}
	return int(n)
}

func (d *decoder) string() string {
	n := d.count()
	s := string(d.data[:n])
	d.data = d.data[n:]
	return s
}

func (d *decoder) strings() (list []string) {
	for range d.count() {
		list = append(list, d.string())
	}
	return list
}

// span reads what appendRange wrote.
func (d *decoder) span(before int) (start, end int) {
	start = before + int(d.varint())
	return start, start + int(d.varint())
}
