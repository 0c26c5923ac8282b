// Package ranking is every constant that decides the order of an answer. Whoever ranks reads it here, so that a change of
// ranking is a change of this file and of the goldens.
//
// Most constants were measured. The comment names the section of docs/relevance.md: One order is
// "One order by score", Hostile is the paragraph on the worst queries, Cases is "The cases of the sample blog" (and the typed cases). The
// Cases only hold a constant in place; they are too few to choose one by.
package ranking

// BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).
const (
	K1 = 1.2  // how soon more occurrences stop to count. The value of Lucene and of the paper. One order
	B  = 0.75 // how much longer texts are held back. The same. One order
)

// What a match counts by where it is.
const (
	Title   = 3.0 // One order
	Heading = 1.5 // Cases
	Tag     = 1.5 // Cases
	Body    = 1.0 // the measure of the others
	Code    = 0.5 // Cases

	Morphemes = 1.0  // the measure of the other lane
	Bigrams   = 0.65 // One order

	// SaidInTitle is what a word of the title counts in the text, however often it is there, against one that is there all the
	// time. The title says what the post is about; how often the text repeats it would hide the other words. One order
	SaidInTitle = 0.05
)

// What it counts to be exactly what was typed, in multiples of the weight of all words of the query.
const (
	ExactTitle   = 10 // the query is the title: more than any other post reaches, as people type it to get there. One order
	SameTitle    = 8  // the title has the same words in another form: a plural, a particle. One order
	ExactHeading = 3  // the query is a heading. One order
	BegunName    = 2  // the query begins a title or heading, or has its initial consonants. Cases
	OwnWord      = 10 // the one word of a query is there, and not only another for it. Of several, one may be another. Cases
)

// MinShare is the part of the weight of all words that a post with only some of them must have. Rare words weigh more. For
// a post with a whole word, words that no post has are not counted: they must not hide the others. One order
const MinShare = 0.2

// Whole is what a compound of a dictionary counts as a whole, as its parts count too. One order
const Whole = 0.3

// AllWords is what it counts to have all the words, in multiples of the weight of all words; less in a query of more than two,
// of which a post may lack some. One order
const AllWords = 0.05

// AllKeywords is the same of a query without grammar: nobody types a keyword that does not matter. One order
const AllKeywords = 0.4

// Needed is how many words of a query a post should have for each to count in full, of keywords and of a sentence, which is a
// query with words of grammar: of two both matter, of twenty some may be lacking, sooner those of a sentence. One order
const (
	Needed           = 2.0
	NeededOfSentence = 1.4
)

// Grammar is what a word that only carries grammar counts, beside words that say something of a subject. One order
const Grammar = 0.2

// Proximity: what words of the query count for standing near each other. One order, for all of them.
const (
	Beside         = 1.0 // two that follow each other in the query, side by side in the same order, against a word
	Near           = 0.6 // two that are at most Reach apart in the query, within NearWindow morphemes in any order
	Reach          = 3   // words of the query
	NearWindow     = 6   // morphemes of the text
	Passage        = 0.6 // all words in the best passage, each against its own weight
	PassageWindow  = 20  // morphemes of the text: a sentence or two
	Rescored       = 200 // documents whose nearness counts: those that are best without it. One order
	MaxProximities = 16  // morphemes of the query that are looked at, the first ones; each costs reading its positions
)

// Cutoff: a query may walk MaxWalk postings for each post of the index, of ManyDocs at least. What exceeds it are terms that
// nearly every post has, and these hardly tell one post from another. Hostile
const (
	MaxWalk  = 4
	ManyDocs = 10_000
)

// What a variant of a word counts against the word as typed.
const (
	Pair           = 0.7  // another script or spelling. Cases
	Spacing        = 0.7  // with blanks, or without. One order
	Prefix         = 0.9  // what a half-typed word may become. Cases
	Initials       = 1.0  // a word with these initial consonants: nothing else was typed. Cases
	InitialsAcross = 0.5  // initial consonants typed as one word, of several: 더 큰 for ㄷㅋ. Cases
	InitialsInside = 0.05 // initial consonants inside of words: one in a title is behind one that begins a word anywhere. Cases

	Transliteration = 0.4 // a word that sounds alike, where no post has the word: less sure than a pair. Cases
)

// Bounds of variants. Each variant is a list of postings more to walk. Hostile, for all of them.
const (
	MaxVariants    = 16 // of one word
	MaxAllVariants = 24 // of all words of a query, which share them
	MaxNameWords   = 4  // words of one name (amazon web services): so many are learned as a pair, and looked up together
	MaxNames       = 50 // titles and headings that half a name stands for: few posts have each, so many cost little
)

// Sections of a hit, the best of which are shown. Cases, for both.
const (
	SectionHeading = 2    // a term in the heading against one in the text: a heading says what the section is about
	SectionRepeats = 0.25 // the logarithm of how often a term is in the text, against its being there
)

// Fusion of what words find with what is near by meaning.
const (
	FusionMeaning = 0.16 // what a standard deviation of meaning counts, against the best by words. Words and meaning
	FusionChance  = 0.4  // standard deviations that a post loses by the logarithm of its passages: of many the nearest is near by chance. Words and meaning
	FusionDepth   = 100  // hits by words that are merged
	FusionNear    = 1000 // sections that are near: nearly all of a usual blog, and some of those that pass a filter
	MaxByMeaning  = 10   // posts that meaning alone finds: a page
	MaxPinned     = 3    // hits that may be named what was typed
)

// Posts like another one. Not measured: no collection has judged neighbours.
const (
	MaxSignificant   = 16 // terms that stand for a post: enough to tell a subject, few enough to walk
	MinDocs          = 2  // posts that such a term must be in: other ones lead nowhere
	SignificantTitle = 3  // what a word in the title counts against one in the text
)
