package opensearch

import (
	"chaja/search/match"
	"chaja/search/ranking"
)

// Format is the version of what an index in a cluster holds. It changes with the mapping, the forward index, the
// terms and the files of the lexicon.
const Format = 2

// replicas of an index: one where there is another node to keep it.
const replicas = "0-1"

// settings returns the settings and the mapping of an index.
func settings(shards int) object {
	return object{
		"settings": object{
			"number_of_shards": shards, "auto_expand_replicas": replicas, "refresh_interval": "-1",
			"similarity": object{"lane": object{"type": "BM25", "k1": ranking.K1, "b": ranking.B}},
			"analysis": object{
				"filter": object{
					"each":    object{"type": "pattern_capture", "preserve_original": false, "patterns": []string{"([^" + besides + "]+)"}},
					"nothing": object{"type": "stop", "stopwords": []string{nothing}},
				},
				"tokenizer": object{"chunks": object{"type": "whitespace", "max_token_length": 1 << 20}},
				"analyzer":  object{"terms": object{"type": "custom", "tokenizer": "chunks", "filter": []string{"each", "nothing"}}},
			},
		},
		"mappings": object{"dynamic": "strict", "_source": object{"includes": []string{"record"}}, "properties": properties()},
	}
}

func properties() object {
	keyword := object{"type": "keyword"}
	filterOnly := object{"type": "keyword", "doc_values": false}
	facetOnly := object{"type": "keyword", "index": false, "ignore_above": maxTerm / 4}
	p := object{
		"id": keyword, "hash": object{"type": "keyword", "index": false, "doc_values": false, "store": true},
		"record": object{"type": "object", "enabled": false}, "forward": object{"type": "binary", "doc_values": true},
		"sample": object{"type": "byte"}, "date": object{"type": "long"}, "year": keyword,
		"tags": facetOnly, "categories": facetOnly,
		"k_tag": keyword, "k_category": keyword, "k_lang": filterOnly, "k_title": filterOnly, "k_heading": filterOnly, "k_folder": filterOnly,
	}
	for lane := range match.Space(match.Lanes) {
		p[fieldName(lane, match.AnyField)] = object{"type": "text", "analyzer": "terms", "index_options": "docs", "norms": false}
		options := "freqs"
		if lane == match.Morphemes {
			options = "positions"
		}
		for f := range match.AnyField {
			p[fieldName(lane, f)] = object{
				"type": "text", "analyzer": "terms", "similarity": "lane", "index_options": options, "copy_to": fieldName(lane, match.AnyField),
			}
			p[lengthName(int(lane), f)] = object{"type": "integer", "index": false}
		}
	}
	return p
}
