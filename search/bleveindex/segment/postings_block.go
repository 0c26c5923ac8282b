package segment

import (
	"bytes"
	"math/bits"
)

// list is what a term has in some documents, decoded.
type list struct {
	docs  []uint32 // ascending
	parts []uint8  // by document, a bit for each part in which the term is
	freqs []uint32 // by document and, ascending, by part
	gaps  []uint32 // by document and part: the first position, and how far each other is from the one before; or none
}

func (l *list) reset() {
	l.docs, l.parts, l.freqs, l.gaps = l.docs[:0], l.parts[:0], l.freqs[:0], l.gaps[:0]
}

// cut returns the first documents of l, at most blockSize, and the others.
func (l *list) cut() (first, rest list) {
	n := min(blockSize, len(l.docs))
	freqs, gaps := 0, 0
	for _, parts := range l.parts[:n] {
		freqs += bits.OnesCount8(parts)
	}
	if len(l.gaps) > 0 {
		for _, freq := range l.freqs[:freqs] {
			gaps += int(freq)
		}
	}
	first = list{l.docs[:n], l.parts[:n], l.freqs[:freqs], l.gaps[:gaps]}
	return first, list{l.docs[n:], l.parts[n:], l.freqs[freqs:], l.gaps[gaps:]}
}

// isPlain reports whether each document has the term once, in the usual part.
func (l *list) isPlain(usual uint8) bool {
	for _, parts := range l.parts {
		if parts != usual {
			return false
		}
	}
	for _, freq := range l.freqs {
		if freq != 1 {
			return false
		}
	}
	return true
}

// appendBlock appends the postings of at most blockSize documents, the first of which is not before the number next.
func (l *list) appendBlock(out []byte, next uint32, usual uint8) []byte {
	var gaps [blockSize]uint32
	for i, doc := range l.docs {
		gaps[i], next = doc-next, doc+1
	}
	if l.isPlain(usual) {
		return appendPacked(out, gaps[:len(l.docs)], flagged)
	}
	out = appendPacked(out, gaps[:len(l.docs)], 0)
	var kinds []byte // the different sets of parts
	var kind [blockSize]uint32
	for i, parts := range l.parts {
		at := bytes.IndexByte(kinds, parts)
		if at < 0 {
			at, kinds = len(kinds), append(kinds, parts)
		}
		kind[i] = uint32(at)
	}
	out = append(append(out, byte(len(kinds))), kinds...)
	if len(kinds) > 1 {
		out = appendPacked(out, kind[:len(l.parts)], 0)
	}
	var more [blockSize * MaxParts]uint32
	for i, freq := range l.freqs {
		more[i] = freq - 1
	}
	return appendChunks(out, more[:len(l.freqs)])
}

// appendChunks appends numbers, blockSize of them together.
func appendChunks(out []byte, values []uint32) []byte {
	for len(values) > 0 {
		n := min(blockSize, len(values))
		out = appendPacked(out, values[:n], 0)
		values = values[n:]
	}
	return out
}

// impact is what bounds the score of a term in a block.
type impact struct {
	parts     uint8
	maxFreq   uint8  // in the usual part; 255 stands for as many or more
	minLength uint16 // of the usual part where the term is there; 65,535 stands for as many or more
}

// impactOf returns that of a block. Length returns that of the usual part of a document.
func (l *list) impactOf(usual uint8, length func(doc uint32) uint64) impact {
	m, at := impact{minLength: 0xffff}, 0
	for i, parts := range l.parts {
		m.parts |= parts
		if parts&usual != 0 {
			m.maxFreq = max(m.maxFreq, uint8(min(l.freqs[at+bits.OnesCount8(parts&(usual-1))], 0xff)))
			m.minLength = min(m.minLength, uint16(min(length(l.docs[i]), 0xffff)))
		}
		at += bits.OnesCount8(parts)
	}
	return m
}

// partCounts counts the documents by part.
func (l *list) partCounts() (n [MaxParts]int) {
	for _, parts := range l.parts {
		for ; parts != 0; parts &= parts - 1 {
			n[bits.TrailingZeros8(parts)]++
		}
	}
	return n
}
