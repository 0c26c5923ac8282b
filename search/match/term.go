package match

// Field is a part of a document that words are looked for in.
type Field uint8

// The fields, in the order of their weight.
const (
	Title Field = iota
	Heading
	Tag
	Body       // without blocks of code
	Code       // blocks of code: names are looked for there, but the text says what a post is about
	Fields = 5 // their number

	AnyField = Field(Fields) // of a condition, that it may hold in any of them
)

// String returns the name of the field in an index.
func (f Field) String() string {
	return [Fields + 1]string{"title", "heading", "tag", "body", "code", "any"}[f]
}

// Space is where a term lives: a lane of the text, or one of the keys that documents are filtered by.
type Space uint8

// The spaces. The first ones are the lanes, in the order that package analysis has; a test of package compile sees to that.
const (
	Morphemes   Space = iota
	Bigrams           // of Hangul; words of other scripts as they stand
	TagKeys           // Key of a tag
	CategoryKey       // Key of a category
	LangKey           // LangOf of the document
	TitleKey          // NameKey of the title
	HeadingKey        // NameKey of a heading
	FolderKey         // a folder that the document lies in, however deep
	Spaces            // their number

	Lanes = 2 // the number of lanes
)

// IsText reports whether terms of the space are found in the fields of a document and scored.
func (s Space) IsText() bool { return s < Lanes }

// IsName reports whether terms of the space are keys of names: few documents have each, and a query may have a hundred.
func (s Space) IsName() bool { return s == TitleKey || s == HeadingKey }

// Term is what an index is asked for.
type Term struct {
	Space Space
	Text  string
}
