package match

import "testing"

func TestKey(t *testing.T) {
	tests := []struct{ name, value, want string }{
		{"case", "Spring", "spring"},
		{"blank", "Spring Boot", "springboot"},
		{"hyphen and underscore", "spring-boot_3", "springboot3"},
		{"tab", "a\tb", "ab"},
		{"several blanks", "  a  b ", "ab"},
		{"signs stay", "C++", "c++"},
		{"other signs stay", "c#", "c#"},
		{"a dot stays", "Node.js", "node.js"},
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
			got := Key(tt.value)
			if got != tt.want {
				t.Errorf("Key(%q) = %q, want %q", tt.value, got, tt.want)
			}
			if again := Key(got); again != got {
				t.Errorf("Key(%q) = %q: a key is its own key", got, again)
			}
		})
	}
}
