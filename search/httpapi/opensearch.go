package httpapi

import (
	"encoding/xml"
	"fmt"
	"net"
	"net/http"

	"chaja/search"
)

// Types of OpenSearch 1.1 (github.com/dewitt/opensearch) and of its extension for suggestions.
const (
	mediaOpenSearch  = "application/opensearchdescription+xml"
	mediaSuggestions = "application/x-suggestions+json"
)

// openSearchDescription is what browsers need to know to search here.
type openSearchDescription struct {
	XMLName       xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName     string   // at most 16 characters
	Description   string   // at most 1024
	InputEncoding string
	URLs          []openSearchURL `xml:"Url"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

// openSearch answers /opensearch.xml. The addresses in it must be absolute, so they begin like that of the request.
func (a *api) openSearch(w http.ResponseWriter, r *http.Request) {
	host := r.Host
	if at, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && host == "" { // HTTP/1.0 may leave it out
		host = at.String()
	}
	base := "http://" + host
	if visitOf(r).https {
		base = "https://" + host
	}
	base += visitOf(r).prefix
	name := []rune(host)
	body, err := xml.MarshalIndent(openSearchDescription{
		ShortName: string(name[:min(len(name), 16)]), Description: "Search " + host, InputEncoding: "UTF-8",
		URLs: []openSearchURL{
			{Type: "text/html", Template: base + "/?q={searchTerms}"},
			{Type: mediaSuggestions, Template: base + "/opensearch/suggest?q={searchTerms}"},
			{Type: mediaOpenSearch, Rel: "self", Template: base + "/opensearch.xml"},
		},
	}, "", "  ")
	if err != nil {
		a.refuse(w, r, fmt.Errorf("encode description: %w", err))
		return
	}
	reply(w, http.StatusOK, mediaOpenSearch, append([]byte(xml.Header), append(body, '\n')...))
}

// browserSuggestions are what was typed and a list of texts.
type browserSuggestions [2]any

func forBrowsers(found search.Suggestions) any {
	texts := []string{}
	for _, c := range found.Suggestions {
		texts = append(texts, c.Text)
	}
	return browserSuggestions{found.Query, texts}
}
