package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"

	"chaja/search"
)

var (
	errNotFound = errors.New("no such path")
	errMethod   = errors.New("method not allowed")
	errNotReady = errors.New("not ready")
	errTooMany  = errors.New("too many requests from one client")
)

// badParameter is a parameter that the client must change.
type badParameter struct {
	name         string
	problem, fix words
}

func (e *badParameter) Error() string { return e.message().en }

func (e *badParameter) message() words {
	return words{"parameter " + e.name + " " + e.problem.en, "매개변수 " + e.name + ": " + e.problem.ko}
}

// errorAnswer is the body of every answer that is an error.
type errorAnswer struct {
	Error errorBody `json:"error"`
}

type errorBody struct {
	Code    string `json:"code"`    // for programs; stable
	Message string `json:"message"` // what is wrong
	Fix     string `json:"fix"`     // what to do about it
}

// fault is how an error is answered. The client may try again after some seconds, or never when these are 0.
type fault struct {
	err          error
	status       int
	retry        int
	code         string
	message, fix words
}

// faults is the one place where errors become answers. The first row that fits counts. Nothing changes it.
var faults = []fault{
	{errNotFound, http.StatusNotFound, 0, "not_found",
		words{"there is nothing at this path", "이 경로에는 아무것도 없습니다"},
		words{"see /openapi.json for what there is", "/openapi.json에서 무엇이 있는지 보세요"}},
	{search.ErrNoPost, http.StatusNotFound, 0, "no_post",
		words{"there is no post with this id", "이 id를 가진 글이 없습니다"},
		words{"take the id of a hit", "검색 결과의 id를 쓰세요"}},
	{errMethod, http.StatusMethodNotAllowed, 0, "method_not_allowed",
		words{"this path is only for reading", "이 경로는 읽기 전용입니다"},
		words{"use GET", "GET을 쓰세요"}},
	{errTooMany, http.StatusTooManyRequests, 1, "too_many_requests",
		words{"you ask too often", "요청이 너무 잦습니다"},
		words{"wait as long as Retry-After says", "Retry-After에 적힌 시간만큼 기다리세요"}},
	{ErrBusy, http.StatusServiceUnavailable, 2, "busy",
		words{"the server has more searches waiting than it can answer in time", "기다리는 검색이 너무 많아 제때 답할 수 없습니다"},
		words{"wait as long as Retry-After says", "Retry-After에 적힌 시간만큼 기다리세요"}},
	{search.ErrNoIndex, http.StatusServiceUnavailable, 30, "no_index",
		words{"there is no index yet", "아직 색인이 없습니다"},
		words{"run `chaja index`", "`chaja index`를 실행하세요"}},
	{search.ErrOutdated, http.StatusServiceUnavailable, 30, "outdated_index",
		words{"the index cannot be used", "색인을 쓸 수 없습니다"},
		words{"run `chaja index` with the --words of the server, if it has any", "`chaja index`를 서버와 같은 --words로 실행하세요"}},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, 5, "timeout",
		words{"the search took too long", "검색이 너무 오래 걸렸습니다"},
		words{"try again, or ask for less", "다시 해 보거나 더 적게 물어보세요"}},
	{context.Canceled, http.StatusServiceUnavailable, 1, "cancelled",
		words{"the request was cancelled", "요청이 취소되었습니다"},
		words{"try again", "다시 해 보세요"}},
	{errNotReady, http.StatusServiceUnavailable, 5, "not_ready",
		words{"the index does not answer", "색인이 답하지 않습니다"},
		words{"see the server's log", "서버의 로그를 보세요"}},
}

// faultOf finds how err is answered. An error that it does not know is the server's, and its text stays in the log: it
// may name files.
func faultOf(err error) fault {
	if bad, ok := errors.AsType[*badParameter](err); ok {
		return fault{err, http.StatusBadRequest, 0, "bad_parameter", bad.message(), bad.fix}
	}
	for _, f := range faults {
		if errors.Is(err, f.err) {
			return f
		}
	}
	return fault{err, http.StatusInternalServerError, 0, "internal",
		words{"the server failed to answer", "서버가 답하지 못했습니다"},
		words{"try again; the server's log says more under the X-Request-Id of this answer", "다시 해 보세요. 서버 로그에 이 답의 X-Request-Id로 까닭이 적혀 있습니다"}}
}

// Fail prepares the answer to an error, for pages that say in words of their own what is wrong: it sets the headers that
// go with the error, such as Retry-After, and returns the status. It writes to log what is the server's own failure.
func Fail(w http.ResponseWriter, r *http.Request, err error, log *slog.Logger) (status int) {
	f := faultOf(err)
	gone := errors.Is(r.Context().Err(), context.Canceled)
	if f.status >= http.StatusInternalServerError && !isState(err) && !gone {
		log.Error("request failed", "id", requestID(r), "method", r.Method, "path", r.URL.Path, "status", f.status, "error", err)
	}
	w.Header().Del("ETag")
	if f.retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.retry))
	}
	return f.status
}

// refuse answers with an error.
func (a *api) refuse(w http.ResponseWriter, r *http.Request, err error) {
	status, f, lang := Fail(w, r, err, a.Log), faultOf(err), Language(r)
	body, _ := encode(errorAnswer{errorBody{f.code, f.message.in(lang), f.fix.in(lang)}}, pretty(r)) // strings: cannot fail
	w.Header().Set("Content-Language", lang)
	w.Header().Add("Vary", "Accept-Language")
	reply(w, status, mediaJSON, body)
}

// notFound answers what is nothing at all.
func (a *api) notFound(w http.ResponseWriter, r *http.Request) { a.refuse(w, r, errNotFound) }

// isState reports whether err is no failure: a state of the index that lasts until someone runs chaja index, or a bound
// doing its work.
func isState(err error) bool {
	return errors.Is(err, search.ErrNoIndex) || errors.Is(err, search.ErrOutdated) || errors.Is(err, ErrBusy)
}

// words are one text in the languages of the answers.
type words struct{ en, ko string }

func (w words) in(lang string) string {
	if lang == inKorean {
		return w.ko
	}
	return w.en
}

// with fills in the verbs of the text.
func (w words) with(args ...any) words {
	return words{fmt.Sprintf(w.en, args...), fmt.Sprintf(w.ko, args...)}
}
