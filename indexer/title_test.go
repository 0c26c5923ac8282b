package indexer

import "testing"

func TestPlainTitle(t *testing.T) {
	for stated, want := range map[string]string{
		"코루틴 &amp; 채널 &mdash; **강조**":               "코루틴 & 채널 — 강조",
		`<img src="l.png" width="16"> 올리브`:          "올리브",
		"한 줄<br/>두 줄&nbsp;끝":                        "한 줄 두 줄 끝",
		"<script setup> 쓰기":                         "<script setup> 쓰기",
		"Box<T> 와 Map<K, V>":                        "Box<T> 와 Map<K, V>",
		"&lt;b&gt; 태그":                              "<b> 태그",
		"a < b && c > d":                            "a < b && c > d",
		"2 ** 3 ** 2, __init__.py, snake_case, *별*": "2 ** 3 ** 2, __init__.py, snake_case, *별*",
		"C**": "C**",
		"<b>굵게</b> <span class='x'>색</span>": "굵게 색",
		"R&D 와 AT&T": "R&D 와 AT&T",
	} {
		if got := plainTitle(stated); got != want {
			t.Errorf("%q: %q, want %q", stated, got, want)
		}
	}
}
