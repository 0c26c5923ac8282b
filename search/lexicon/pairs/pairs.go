// Package pairs learns from the posts of a site which words are one word in two scripts or spellings, such as 에어플로우 and
// Airflow, or 메시지 and 메세지, so that each finds the other. It has no list of pairs. Places in the posts suggest them:
// brackets, words side by side, tags. Their sound confirms them. The rules of sound are those of 외래어 표기법, read backwards.
package pairs

// Pair is two spellings of one loanword, lower-cased and in NFC, single blanks between their words.
type Pair struct {
	A        string     `json:"a"`                  // in Hangul
	B        string     `json:"b"`                  // in Latin letters, or in Hangul when it is another Korean spelling
	Count    int        `json:"count"`              // places that suggest the pair; without any, posts with both words
	Evidence []Evidence `json:"evidence,omitempty"` // the first places, at most maxEvidence
}

// Evidence is a place that suggests a pair.
type Evidence struct {
	Path string `json:"path"` // of the post, as given to Add
	Form Form   `json:"form"`
}

// Form is how a place suggests a pair.
type Form string

// The forms, the strongest first.
const (
	Brackets Form = "brackets" // 쿠버네티스(Kubernetes), Kubernetes(쿠버네티스), also in quotes and the like
	Tags     Form = "tags"     // both are tags of one post
	Beside   Form = "beside"   // kubernetes 쿠버네티스
	Together Form = "together" // both words in the same posts, several of them, no other word sounding as close
	Sound    Form = "sound"    // both words on the site, too much alike and too foreign to be chance
	Spelling Form = "spelling" // two Korean spellings of one Latin word
	Stated   Form = "file"     // the file of the site says so
)

// maxEvidence is enough to convince a reader.
const maxEvidence = 3
