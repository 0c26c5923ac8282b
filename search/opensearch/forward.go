package opensearch

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/cespare/xxhash/v2"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/match"
)

// The forward index of a document is a binary doc value from which a script takes what the terms of a query have there:
//
//	2 bytes   length of the head, these included
//	head      ID, date, lengths by lane and field
//	3 bytes   number of terms
//	7 bytes   for each term, in order: upper half of its hash, where its entry begins
//	entries   3 bytes length, 2 bytes lowest part of the hash, a bit for each field, then for each field the frequency and,
//	          of morphemes, the distances of the positions
//
// Numbers of a fixed width have the highest byte first, the others are varints.

// entry is what one term has in a document.
type entry struct {
	hash uint64
	data []byte
}

// noDate stands for a document without a date.
const noDate = -1 << 63

// forward returns the forward index of a document.
func forward(doc *search.Document, fields [match.Fields]analysis.Occurrences) []byte {
	head := binary.AppendUvarint([]byte{0, 0}, uint64(len(doc.ID)))
	head = append(head, doc.ID...)
	head = binary.AppendVarint(head, seconds(doc))
	for lane := range match.Lanes {
		for f := range match.Fields {
			head = binary.AppendUvarint(head, uint64(fields[f].Length[lane]))
		}
	}
	binary.BigEndian.PutUint16(head, uint16(len(head)))
	entries := entriesOf(doc, fields)
	out := append(head, byte(len(entries)>>16), byte(len(entries)>>8), byte(len(entries)))
	at := len(out) + 7*len(entries)
	for _, e := range entries {
		out = binary.BigEndian.AppendUint32(out, uint32(e.hash>>32))
		out = append(out, byte(at>>16), byte(at>>8), byte(at))
		at += 3 + len(e.data)
	}
	for _, e := range entries {
		out = append(append(out, byte(len(e.data)>>16), byte(len(e.data)>>8), byte(len(e.data))), e.data...)
	}
	return out
}

// seconds is the date of a document as a number: noDate for none.
func seconds(doc *search.Document) int64 {
	if doc.Date.IsZero() {
		return noDate
	}
	return doc.Date.Unix()
}

// hashOf is that of a term in the forward index.
func hashOf(t match.Term) uint64 { return xxhash.Sum64String(string(rune(t.Space)) + t.Text) }

func entriesOf(doc *search.Document, fields [match.Fields]analysis.Occurrences) (entries []entry) {
	terms := map[match.Term]*[match.Fields][]int{}
	for f := range fields {
		for lane := range match.Space(match.Lanes) {
			for text, positions := range fields[f].Positions[lane] {
				t := match.Term{Space: lane, Text: text}
				if terms[t] == nil {
					terms[t] = new([match.Fields][]int)
				}
				terms[t][f] = positions
			}
		}
	}
	for space := match.Space(match.Lanes); space < match.Spaces; space++ {
		for _, key := range doc.Keys(space) {
			terms[match.Term{Space: space, Text: key}] = &[match.Fields][]int{{0}}
		}
	}
	for t, positions := range terms {
		entries = append(entries, newEntry(t, positions))
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.hash, b.hash) })
	return entries
}

func newEntry(t match.Term, fields *[match.Fields][]int) entry {
	hash := hashOf(t)
	data := []byte{byte(hash >> 8), byte(hash), 0}
	for f, positions := range fields {
		if len(positions) == 0 {
			continue
		}
		data[2] |= 1 << f
		data = binary.AppendUvarint(data, uint64(len(positions)))
		before := 0
		for _, p := range positions {
			if t.Space == match.Morphemes {
				data = binary.AppendUvarint(data, uint64(p-before))
				before = p
			}
		}
	}
	return entry{hash, data}
}

// takeTerms is the script that takes of a forward index the head and, for each term with one of the hashes in params.h, its
// number among them in 2 bytes and its entry. Every entry with the upper half of a hash is taken; the rest is compared later.
const takeTerms = `
def d = doc['forward'];
if (d.size() == 0) { return ''; }
def r = d.get(0);
byte[] b = r.bytes;
int o = r.offset;
int head = ((b[o] & 255) << 8) | (b[o + 1] & 255);
int n = ((b[o + head] & 255) << 16) | ((b[o + head + 1] & 255) << 8) | (b[o + head + 2] & 255);
int dir = o + head + 3;
List hits = new ArrayList();
int size = head;
for (int i = 0; i < params.h.size(); i++) {
  long want = ((Number) params.h.get(i)).longValue();
  int low = 0;
  int high = n;
  while (low < high) {
    int mid = (low + high) / 2;
    int p = dir + 7 * mid;
    long x = ((long) (b[p] & 255) << 24) | ((b[p + 1] & 255) << 16) | ((b[p + 2] & 255) << 8) | (b[p + 3] & 255);
    if (x < want) { low = mid + 1; } else { high = mid; }
  }
  boolean same = true;
  while (same && low < n) {
    int p = dir + 7 * low;
    long x = ((long) (b[p] & 255) << 24) | ((b[p + 1] & 255) << 16) | ((b[p + 2] & 255) << 8) | (b[p + 3] & 255);
    same = x == want;
    if (same) {
      int at = o + (((b[p + 4] & 255) << 16) | ((b[p + 5] & 255) << 8) | (b[p + 6] & 255));
      int length = 3 + (((b[at] & 255) << 16) | ((b[at + 1] & 255) << 8) | (b[at + 2] & 255));
      hits.add(i); hits.add(at); hits.add(length);
      size += 2 + length;
      low = low + 1;
    }
  }
}
byte[] out = new byte[size];
for (int i = 0; i < head; i++) { out[i] = b[o + i]; }
int w = head;
for (int i = 0; i < hits.size(); i += 3) {
  int term = (int) hits.get(i);
  int at = (int) hits.get(i + 1);
  int length = (int) hits.get(i + 2);
  out[w] = (byte) (term >> 8);
  out[w + 1] = (byte) term;
  w += 2;
  for (int j = 0; j < length; j++) { out[w + j] = b[at + j]; }
  w += length;
}
return Base64.getEncoder().encodeToString(out);
`

// halves are the params.h of the script for terms.
func halves(terms []match.Term) []uint32 {
	all := make([]uint32, len(terms))
	for i, t := range terms {
		all[i] = uint32(hashOf(t) >> 32)
	}
	return all
}

// candidate is a document as a query sees it.
type candidate struct {
	id        string
	date      int64
	lengths   [match.Lanes][match.Fields]int
	freqs     [][match.Fields]int // by term
	positions map[place][]int
}

// place is a term in a field.
type place struct {
	term  int
	field match.Field
}

var errForward = errors.New("decode forward index: what OpenSearch has stored of it is damaged")

// readCandidate decodes what the script has taken for terms.
func readCandidate(encoded string, terms []match.Term) (*candidate, error) {
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(data) < 2 {
		return nil, errForward
	}
	end := int(binary.BigEndian.Uint16(data))
	if end > len(data) || end < 2 {
		return nil, errForward
	}
	c := &candidate{freqs: make([][match.Fields]int, len(terms)), positions: map[place][]int{}}
	head := reader{data: data[2:end]}
	c.id, c.date = head.text(), head.varint()
	for lane := range c.lengths {
		for f := range c.lengths[lane] {
			c.lengths[lane][f] = head.uvarint()
		}
	}
	for rest := data[end:]; len(rest) > 0 && !head.bad; {
		if len(rest) < 5 {
			return nil, errForward
		}
		term, size := int(binary.BigEndian.Uint16(rest)), int(rest[2])<<16|int(rest[3])<<8|int(rest[4])
		if rest = rest[5:]; term >= len(terms) || size < 3 || size > len(rest) {
			return nil, errForward
		}
		if hash := hashOf(terms[term]); binary.BigEndian.Uint16(rest) == uint16(hash) {
			head.bad = !c.read(term, terms[term].Space, rest[2:size])
		}
		rest = rest[size:]
	}
	if head.bad {
		return nil, errForward
	}
	return c, nil
}

// read reads the entry of a term.
func (c *candidate) read(term int, space match.Space, data []byte) bool {
	r := reader{data: data[1:]}
	for f := range match.Field(match.Fields) {
		if data[0]&(1<<f) == 0 {
			continue
		}
		n := r.uvarint()
		c.freqs[term][f] = n
		if space != match.Morphemes {
			continue
		}
		if n > len(r.data) {
			return false
		}
		at, positions := 0, make([]int, n)
		for i := range positions {
			at += r.uvarint()
			positions[i] = at
		}
		c.positions[place{term, f}] = positions
	}
	return !r.bad
}

// doc is what a scorer judges.
func (c *candidate) doc() *match.Doc {
	return &match.Doc{
		Freq:      func(term int) *[match.Fields]int { return &c.freqs[term] },
		Length:    c.lengths,
		Positions: func(term int, f match.Field) []int { return c.positions[place{term, f}] },
	}
}

// reader reads varints. Beyond the end it reads zeros, and bad says so.
type reader struct {
	data []byte
	bad  bool
}

func (r *reader) uvarint() int {
	v, n := binary.Uvarint(r.data)
	if n <= 0 || v > 1<<40 {
		r.data, r.bad = nil, true
		return 0
	}
	r.data = r.data[n:]
	return int(v)
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.data)
	if n <= 0 {
		r.data, r.bad = nil, true
		return 0
	}
	r.data = r.data[n:]
	return v
}

func (r *reader) text() string {
	n := r.uvarint()
	if n > len(r.data) {
		r.data, r.bad = nil, true
		return ""
	}
	s := string(r.data[:n])
	r.data = r.data[n:]
	return s
}
