package text

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/korean"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

func TestDecode(t *testing.T) {
	cp949, err := korean.EUCKR.NewEncoder().String("첫 줄\n똠방각하와 펲시콜라")
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewEncoder().String("제목\r\n본문")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, source, want string
		line               int // 0 when nothing is to be noted
	}{
		{"plain", "hello\n", "hello\n", 0},
		{"byte order mark", "\ufeff제목", "제목", 0},
		{"CRLF and CR", "a\r\nb\rc", "a\nb\nc", 0},
		{"NFD", norm.NFD.String("역색인"), "역색인", 0},
		{"zero-width blank in a word", "글\n역\u200b색\u0008인", "글\n역색인", 2},
		{"control character in a word", "가\u0008\u0008나", "가나", 1},
		{"zero-width blank between words", "역 \u200b색인\u200b, 끝\u200b\n글", "역 색인, 끝\n글", 0},
		{"soft hyphen", "inter\u00adnational", "international", 0},
		{"lone CR", "하나\r둘\r\r셋", "하나\n둘\n\n셋", 0},
		{"noncharacters", "가 \ufdd0\ufffe나", "가 나", 0},
		{"filler", "가\u3164나", "가 나", 0},
		{"composes once a mark is gone", "\u1100\u200b\u1161", "가", 1},
		{"no-break blank", "a\u00a0b\u2028c", "a b c", 0},
		{"no-break blanks before a line", "a\n\u00a0\u00a0 \u00a0\u3164b\u00a0c\n    d", "a\nb c\n    d", 0},
		{"blanks behind a no-break one, which are no indentation", "\u200b\u00a0 \u00a0 \u00a0 \u00a0 a\n  \u00a0    b\n    \u00a0c", "a\n  b\n    c", 0},
		{"emoji joiner", "👩\u200d💻", "👩\u200d💻", 0},
		{"NUL", "1\x002", "12", 0},
		{"broken byte", "하나\n둘\xff셋", "하나\n둘\ufffd셋", 2},
		{"CP949", cp949, "첫 줄\n똠방각하와 펲시콜라", 1},
		{"UTF-16", utf16, "제목\n본문", 1},
		{"UTF-16 without mark", utf16[2:], "제목\n본문", 1},
		{"UTF-16, big end first", "\x00a\x00\n\xb0\x98", "a\n나", 1},
		{"UTF-16 cut short", utf16[:len(utf16)-1], "제목\n본\ufffd", 1},
		{"neither", "\xff\xff\xff", "\ufffd\ufffd\ufffd", 1},
		{"empty", "", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, note, line := Decode([]byte(tt.source))
			if got != tt.want || line != tt.line || (note != "") != (tt.line != 0) {
				t.Errorf("Decode(%q) = %q, %q, %d; want %q and line %d", tt.source, got, note, line, tt.want, tt.line)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xff\xfe\x00"))
	f.Add([]byte("가\r\n\u0301\xff"))
	f.Fuzz(func(t *testing.T, source []byte) {
		got, _, _ := Decode(source)
		if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) {
			t.Errorf("Decode(%q) = %q: not UTF-8 in NFC", source, got)
		}
		if again := Clean(got); again != got {
			t.Errorf("Clean(%q) = %q: not idempotent", got, again)
		}
	})
}
