package catalog

import "golang.org/x/text/language"

// Texts are all texts of one language. The keys of its file are the JSON names here.
type Texts struct {
	Lang         string `json:"-"` // its tag, such as ko
	Common       `json:"common"`
	Page         `json:"page"`
	Box          Box               `json:"box"`
	Errors       map[string]Advice `json:"errors"` // by the code of the error
	Parameters   Parameters        `json:"parameters"`
	Warnings     Warnings          `json:"warnings"`
	Explanations Explanations      `json:"explanations"`
	Terminal     Terminal          `json:"terminal"`
	Report       Report            `json:"report"`

	tag language.Tag
}

// Common is what the search page and the search box both say.
type Common struct {
	Search   string `json:"search"`
	Hint     string `json:"hint"`    // in an empty input
	Missing  string `json:"missing"` // the words that a post has not follow
	Applied  Text   `json:"applied"` // the answer is that of another {query}
	Mean     Text   `json:"mean"`    // another {query} is offered
	NoneHint string `json:"noneHint"`
	Posts    Plural `json:"posts"`  // how many are found
	Some     Text   `json:"some"`   // the same, {full} of them with all the words and {rest} with some
	Newest   string `json:"newest"` // posts, while nothing is asked

	ByMeaning string `json:"byMeaning"` // of a post without the words of the query, close to it in meaning

	Unfiltered string `json:"unfiltered"` // searches again without what narrows the search
}

// Page is what only the pages say.
type Page struct {
	Tags        string            `json:"tags"`
	AllTags     string            `json:"allTags"`
	Categories  string            `json:"categories"`
	Dates       string            `json:"dates"`
	Languages   string            `json:"languages"`
	Sort        string            `json:"sort"`
	Sorts       map[string]string `json:"sorts"` // by search.Sort
	Filter      string            `json:"filter"`
	Results     string            `json:"results"`
	Previous    string            `json:"previous"`
	Next        string            `json:"next"`
	Paging      string            `json:"paging"`
	Start       string            `json:"start"`  // above the tags, while nothing is asked
	Home        string            `json:"home"`   // leads to the blog
	There       string            `json:"there"`  // where on the blog a path is
	Chosen      string            `json:"chosen"` // filters
	Drop        Text              `json:"drop"`   // takes a filter back: {what}
	DropAll     string            `json:"dropAll"`
	Without     Text              `json:"without"` // searches again without {what}
	More        Text              `json:"more"`    // unfolds {n} more values
	NarrowTags  string            `json:"narrowTags"`
	NoTags      string            `json:"noTags"`
	Initials    string            `json:"initials"`
	TagsOf      Text              `json:"tagsOf"`  // {shown} of {total} tags
	TagsAll     Plural            `json:"tagsAll"` // how many there are
	Preview     string            `json:"preview"` // of a post
	PreviewHint string            `json:"previewHint"`
	From        Text              `json:"from"`   // posts of a {date} and later ones
	Before      Text              `json:"before"` // posts before a {date}
	None        string            `json:"none"`
	NoIndex     string            `json:"noIndex"`
	Indexing    string            `json:"indexing"` // the first index is being made
	Busy        string            `json:"busy"`
	Failed      string            `json:"failed"`
	NotFound    string            `json:"notFound"`
	TooLong     string            `json:"tooLong"`
}

// Box is what only the search box says.
type Box struct {
	Close       string            `json:"close"`
	Clear       string            `json:"clear"`
	Suggestions string            `json:"suggestions"`
	Recent      string            `json:"recent"`  // searches
	Opened      string            `json:"opened"`  // posts
	Starred     string            `json:"starred"` // posts
	Star        string            `json:"star"`    // keeps a post, or lets it go
	Forget      string            `json:"forget"`  // recent searches and opened posts
	Filter      string            `json:"filter"`
	Kinds       map[string]string `json:"kinds"` // of suggestions, by search.Completion.Kind
	All         Plural            `json:"all"`   // leads to the page of all results
	None        Text              `json:"none"`  // nothing is found for the {query}
	Offline     string            `json:"offline"`
	OfflineHint string            `json:"offlineHint"`
	Troubles    map[string]string `json:"troubles"` // with the server, by the names of client.js
	Retry       string            `json:"retry"`
	Slow        string            `json:"slow"`
	KeyChoose   string            `json:"keyChoose"` // what the arrows do
	KeyOpen     string            `json:"keyOpen"`   // what Enter does
	KeyClose    string            `json:"keyClose"`  // what Escape does
}

// Advice says what is wrong and what to do about it.
type Advice struct {
	Message Text `json:"message"`
	Fix     Text `json:"fix"`
}

// Parameters is what is wrong with a parameter of the API.
type Parameters struct {
	Message  Text              `json:"message"`  // the {problem} of the one called {name}
	Problems map[string]Advice `json:"problems"` // by the kind of problem
}

// Warnings say what of a query could not be used as it may be meant.
type Warnings struct {
	NoWords       string `json:"noWords"`
	OnlyExcluded  string `json:"onlyExcluded"`
	OnlyParticles string `json:"onlyParticles"`
	TooLong       string `json:"tooLong"`
	Unfinished    string `json:"unfinished"` // the last word is taken for the beginning of one
	AsWords       string `json:"asWords"`    // no post has a phrase, or lacks what is excluded
}

// Explanations say how a post was found by a {word}, in the fields that {where} lists.
type Explanations struct {
	Fields        map[string]string `json:"fields"`        // by match.Field
	Separator     string            `json:"separator"`     // between fields
	LastSeparator string            `json:"lastSeparator"` // before the last one
	Missing       Text              `json:"missing"`
	There         Text              `json:"there"`   // somewhere
	Grammar       Text              `json:"grammar"` // of a word that counts little, wherever it is
	Word          Text              `json:"word"`
	Letters       Text              `json:"letters"` // as it stands, without a dictionary
	Form          Text              `json:"form"`    // in another {form}
	Pinned        Text              `json:"pinned"`  // the owner wants the post in front
	Boosted       Text              `json:"boosted"` // the owner wants {what} to count {factor} times
	Sound         Text              `json:"sound"`   // as {form}, in the other script, which sounds alike
}

// Terminal is what chaja search says beside its hits.
type Terminal struct {
	Applied  Text `json:"applied"`  // the answer is that of another {query}
	Mean     Text `json:"mean"`     // another {query} finds more
	All      Text `json:"all"`      // {posts} have all the words
	Some     Text `json:"some"`     // the same, and {rest} more posts some of them
	OnlySome Text `json:"onlySome"` // no post has all the words, {posts} have some
	None     Text `json:"none"`
	NoPage   Text `json:"noPage"`  // what was found has no {page}
	Page     Text `json:"page"`    // it is shown {from} a hit {to} another, on a {page}
	Without  Text `json:"without"` // {words} that a post lacks
}

// Report is what chaja queries says.
type Report struct {
	Most     Text   `json:"most"`    // above the {queries} queries that are kept, asked {times} times in all
	Found    Text   `json:"found"`   // behind a query that finds {posts}
	Nothing  string `json:"nothing"` // behind one that finds none
	Missed   string `json:"missed"`  // above these
	Rest     Text   `json:"rest"`    // {n} more are shown by {command}
	NoQuery  Text   `json:"noQuery"` // is kept in {file}
	AllFound string `json:"allFound"`
	NoAdvice Text   `json:"noAdvice"` // for the {reason}

	Now      Text   `json:"now"`     // {posts} are found by now
	Long     string `json:"long"`    // of a query whose words are not looked up one by one
	Apart    Text   `json:"apart"`   // each word is somewhere, and {posts} have some of them
	Write    Text   `json:"write"`   // no post has the {word}: write about it, or pair it in {file}
	Instead  Text   `json:"instead"` // {other} is found in place of what was asked, in {posts}
	Keyboard string `json:"keyboard"`
	Pair     Text   `json:"pair"` // if {word} and {other} are one, they belong into {file}
}

// CountPosts says how many posts there are.
func (t *Texts) CountPosts(n int) string { return t.number(t.Posts, n) }

// Found says what a search at a terminal found: total posts, full of them with all the words.
func (t *Texts) Found(total, full int) string {
	switch rest := total - full; {
	case total == 0:
		return string(t.Terminal.None)
	case full == 0:
		return t.Terminal.OnlySome.With("posts", t.number(t.Posts, rest))
	case rest > 0:
		return t.Terminal.Some.With("posts", t.number(t.Posts, full), "rest", rest)
	}
	return t.Terminal.All.With("posts", t.number(t.Posts, full))
}
