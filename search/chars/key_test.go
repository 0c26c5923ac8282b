package chars

import "testing"

func TestTagKey(t *testing.T) {
	tests := []struct{ name, value, want string }{
		{"case", "Spring", "spring"},
		{"blank", "Spring Boot", "springboot"},
		{"hyphen and underscore", "spring-boot_3", "springboot3"},
		{"tab", "a\tb", "ab"},
		{"several blanks", "  a  b ", "ab"},
		{"signs stay", "C++", "c++"},
		{"other signs stay", "c#", "c#"},
		{"a dot between letters", "Node.js", "nodejs"},
		{"dots between letters", "a.b.c", "abc"},
		{"a dot at the beginning stays", ".NET", ".net"},
		{"a dot at the end stays", "etc.", "etc."},
		{"a dot between digits stays", "Python 3.12", "python3.12"},
		{"dots alone", "..", ".."},
		{"a slash stays", "CI/CD", "ci/cd"},
		{"Korean", "데이터 베이스", "데이터베이스"},
		{"decomposed Korean", "\u1109\u1165\u110b\u116e\u11af", "서울"},
		{"full width", "ＧＯ　１", "go1"},
		{"ligature", "ﬁle", "file"},
		{"no-break space", "a\u00a0b", "ab"},
		{"a hyphen alone", "-", "-"},
		{"hyphens and blanks alone", "- _", "- _"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := TagKey(tt.value)
			if got != tt.want {
				t.Errorf("TagKey(%q) = %q, want %q", tt.value, got, tt.want)
			}
			if again := TagKey(got); again != got {
				t.Errorf("TagKey(%q) = %q: a key is its own key", got, again)
			}
		})
	}
}

func TestKeyOfSigns(t *testing.T) {
	if got := Key("- _"); got != "" {
		t.Errorf("Key of blanks and hyphens = %q, want none", got)
	}
}

func TestNameKey(t *testing.T) {
	for name, want := range map[string]string{
		"10ㆍ27법난피해자의 명예회복 등에 관한 법률": "1027법난피해자의명예회복등에관한법률",
		"C++17, and C#": "c++17andc#",
		"Ｎｏｄｅ．ｊｓ":       "nodejs",
		"!?":            "",
	} {
		if got := NameKey(name); got != want {
			t.Errorf("NameKey(%q) = %q, want %q", name, got, want)
		}
	}
}
