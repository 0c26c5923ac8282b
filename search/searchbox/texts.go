package searchbox

import (
	"fmt"

	"chaja/search"
)

// texts is what the pages say, in one language.
type texts struct {
	Lang, Search, Hint, Tags, AllTags, Categories, Dates, Languages, Sort, Filter, Results string
	Previous, Next, Page, Missing, Start, NoIndex, Busy, Failed, NotFound, TooLong         string
	From, Before                                                                           string // formats of a date
	None, NoneHint, AppliedBefore, AppliedAfter, MeanBefore, MeanAfter                     string

	Sorts  map[search.Sort]string
	counts func(total, full int) string
}

// Count says how many posts have all the words, and how many some of them.
func (t texts) Count(r search.Result) string { return t.counts(r.Total, r.Full) }

func textsFor(lang string) texts {
	if lang == "ko" {
		return korean()
	}
	return english()
}

func korean() texts {
	return texts{
		Lang: "ko", Search: "검색", Hint: "찾을 낱말을 입력하세요", Tags: "태그", AllTags: "모든 태그", Categories: "분류", Dates: "날짜", Languages: "언어",
		Sort: "순서", Filter: "결과 좁히기", Results: "검색 결과",
		Previous: "이전", Next: "다음", Page: "쪽", Missing: "없는 낱말:", Start: "태그로 둘러보기",
		NoIndex: "아직 색인이 없습니다. 서버에서 chaja index를 실행해 주세요.", Failed: "지금은 답할 수 없습니다. 잠시 뒤에 다시 찾아 주세요.",
		Busy: "지금 찾는 사람이 많습니다. 몇 초 뒤에 다시 찾아 주세요.", NotFound: "이 주소에는 아무것도 없습니다. 여기서 찾아 보세요.",
		TooLong: "검색어가 너무 깁니다. 찾을 낱말만 넣어 주세요.", From: "%s부터", Before: "%s 전까지",
		None: "맞는 글이 없습니다", NoneHint: "낱말을 줄이거나 다르게 적어 보세요.",
		AppliedAfter: " 검색 결과입니다", MeanAfter: " 찾으셨나요?",
		Sorts: map[search.Sort]string{search.ByRelevance: "관련도순", search.Newest: "최신순", search.Oldest: "오래된순"},
		counts: func(total, full int) string {
			if 0 < full && full < total {
				return fmt.Sprintf("모든 낱말이 있는 글 %d개, 일부만 있는 글 %d개", full, total-full)
			}
			return fmt.Sprintf("글 %d개", total)
		},
	}
}

func english() texts {
	return texts{
		Lang: "en", Search: "Search", Hint: "What are you looking for?", Tags: "Tags", AllTags: "All tags", Categories: "Categories",
		Dates: "Dates", Languages: "Languages", Sort: "Order", Filter: "Narrow the results", Results: "Results",
		Previous: "Previous", Next: "Next", Page: "Page", Missing: "Missing:", Start: "Browse by tag",
		NoIndex: "There is no index yet. Run chaja index on the server.", Failed: "The search cannot answer now. Please try again in a moment.",
		Busy: "Many people are searching right now. Please try again in a few seconds.", NotFound: "There is nothing at this address. Try to search for it.",
		TooLong: "The query is too long. Please search for the words that matter.", From: "from %s", Before: "before %s",
		None: "Nothing found", NoneHint: "Try fewer words, or other ones.",
		AppliedBefore: "Showing results for ", MeanBefore: "Did you mean ", MeanAfter: "?",
		Sorts: map[search.Sort]string{search.ByRelevance: "Relevance", search.Newest: "Newest", search.Oldest: "Oldest"},
		counts: func(total, full int) string {
			switch {
			case 0 < full && full < total:
				return fmt.Sprintf("%d with all the words, %d with some of them", full, total-full)
			case total == 1:
				return "1 post"
			}
			return fmt.Sprintf("%d posts", total)
		},
	}
}
