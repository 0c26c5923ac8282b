// Package segment is a type of segment for Bleve's scorch: an immutable part of an index, in one file, read by
// memory mapping. Scorch keeps its snapshots, batches, deletes and merge policy; it only finds another codec below.
// Who knows Lucene's codecs will find the same parts here, each in a file named after it: terms dictionary,
// postings, positions, stored fields, doc values (numbers), merge.
//
// What differs from Bleve's own type is that a term has one list of postings for all parts of a document (title,
// body and so on), which says how often the term is in each part; that lengths are kept once for each document and
// not in each posting; and that stored fields lie apart, so that one can be read without the others.
//
// # The file
//
//	magic                8 bytes
//	terms of the IDs     the field "_id"; then of each field of the schema, in its order
//	stored IDs           then each stored field of the schema
//	numbers              each column of the schema
//	directory            uvarints: documents, sections, and by section its length; they follow each other from the magic on
//	footer               offset of the directory (8 bytes), magic again (8 bytes)
//
// All numbers of fixed width are little endian. Documents are numbered from 0. A file has no checksum of its own, as
// the manifest of a generation has one for every file; every reader is bounded by the file and by what a writer may
// have written, so that a damaged one gives an error, or a wrong answer, at most.
//
// # Packed numbers
//
// Up to 128 numbers below 2^32 (packed.go): a byte with their width in bits, a flag of the caller (0x40), and
// whether exceptions follow (0x80); the low bits of each; the number of exceptions, and of each its index and its
// high bits as uvarint. The width is the cheapest. This is the patched frame of reference of Zukowski and others
// (Super-Scalar RAM-CPU Cache Compression, 2006), which Lucene uses too.
//
// # Terms dictionary
//
// Terms ascend, in blocks of 32. A block is the postings of its terms, and behind them the block itself: how far
// back the postings begin, the number of terms, and of each term how many bytes it shares with the one before, the
// rest of it, the number of its documents and the length of its postings. The postings of most terms are a few bytes
// beside the term. After the last block comes an index with the first term of each, searched in halves, and a
// trailer: the number of terms (4 bytes), of blocks (4) and the offset of the index (8).
//
// # Postings and positions
//
// Blocks of 128 documents, the last one shorter (postings_block.go): the documents as packed gaps, flagged when each
// has the term once, in the usual part, after which nothing follows. Else the different sets of parts, for each
// document which of them, and how often the term is in each of its parts, packed. Positions follow behind the last
// block, as packed gaps within each part.
//
// A term with more than one block begins with what all of it has: by part, in how many documents the term is there;
// the length of the blocks; and of each block 16 bytes: its last document, the offsets of its postings and
// positions, and what bounds a score: the parts in it, the most occurrences in the usual part (255: or more) and the
// smallest length of that part (65,535: or more).
//
// # Stored fields
//
// Values of successive documents are put together to some kilobytes, which the schema says, and compressed with zstd
// (stored.go). A block holds the lengths of its values and then the values. After the last comes an index of 20
// bytes for each block: its first document, where it lies, its length compressed and not. A block that zstd makes
// larger, or 256 times smaller, is kept as it is, so that a reader never has to believe in more.
//
// # Numbers
//
// A column has its sum, its smallest number, a width, and by document what is above the smallest, in that many bits.
package segment
