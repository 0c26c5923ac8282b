package pairs

import "testing"

func TestSound(t *testing.T) {
	for text, want := range map[string]string{
		"":       "",
		"abc 1":  "",
		"쿠버네티스":  "kubvnetisx",
		"꼬까":     "koka",
		"앨리스":    "elisx",
		"스쿨버스":   "sxkulbvsx",
		"처쳐":     "cvcv",
		"의외 왜 웨": "iwewewe",
		"않닭값":    "andaKgaP",
	} {
		if got := sound(text); got != want {
			t.Errorf("sound(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFarness(t *testing.T) {
	tests := []struct {
		hangul, latin string
		alike         bool
	}{
		{"쿠버네티스", "Kubernetes", true},
		{"에어플로우", "airflow", true},
		{"에어플로", "airflow", true},
		{"포스트그레스큐엘", "PostgreSQL", true},
		{"에스큐엘", "SQL", true},
		{"아키텍처", "architecture", true},
		{"아키텍쳐", "architecture", true},
		{"컨텐츠", "contents", true},
		{"콘텐츠", "content", true},
		{"메세지", "message", true},
		{"메시지", "message", true},
		{"어플리케이션", "application", true},
		{"쓰레드", "thread", true},
		{"스레드", "thread", true},
		{"디렉토리", "directory", true},
		{"디렉터리", "directory", true},
		{"큐", "queue", true},
		{"캐시", "cache", true},
		{"파이썬", "python", true},
		{"라이브러리", "library", true},
		{"깃허브", "GitHub", true},
		{"시퀀스", "sequence", true},
		{"오픈소스", "open source", true},
		{"컴포넌트", "components", true},
		{"동시성", "concurrency", false},
		{"작업", "task", false},
		{"검색", "search", false},
		{"신호", "signal", false},
		{"도구", "docker", false},
		{"스프링", "string", false},
		{"서비스", "server", false},
		{"오류", "error", false},
		{"로케일", "locale", true},
		{"로컬", "local", true},
		{"스크립트", "script", true},
		{"뱅크", "bank", true},
		{"함수", "function", false},
		{"기본", "default", false},
		{"리액트", "Redux", false},
		{"카프카", "cache", false},
		{"", "kafka", false},
	}
	for _, test := range tests {
		t.Run(test.hangul+" "+test.latin, func(t *testing.T) {
			far := newLatin(test.latin).farness(sound(test.hangul), maxFarStated)
			if alike := far <= maxFarStated; alike != test.alike {
				t.Errorf("farness is %d, want alike %v", far, test.alike)
			}
		})
	}
}

// TestFarnessUnstated: words that are nearly alike, but not so much that it takes no writer to put them together.
func TestFarnessUnstated(t *testing.T) {
	for _, pair := range [][2]string{{"로케일", "local"}, {"스리프트", "script"}, {"마킹", "machine"}} {
		if far := newLatin(pair[1]).farness(sound(pair[0]), maxFarStated); far <= maxFarBeside {
			t.Errorf("%q: farness is %d", pair, far)
		}
	}
}

// TestRules checks the tables: their costs are numbers, and their sounds are those that Hangul can give.
func TestRules(t *testing.T) {
	for _, table := range [][256][]rule{heard, names} {
		for c, rules := range table {
			for _, r := range rules {
				if r.letters == "" || r.letters[0] != byte(c) || r.cost < 0 || r.cost > kindred {
					t.Errorf("rule %+v of %q is odd", r, rune(c))
				}
				for _, sign := range r.sounds {
					if !isVowelSound(byte(sign)) && consonantClass(byte(sign)) == 0 && sign != 'h' && sign != 'y' && sign != 'w' {
						t.Errorf("rule %+v has the sign %q, which no syllable gives", r, sign)
					}
				}
			}
		}
	}
}

func TestDrifted(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"아키텍처", "아키텍쳐", true},
		{"메시지", "메세지", true},
		{"컨텐츠", "콘텐츠", true},
		{"애플리케이션", "어플리케이션", true},
		{"프로세스", "프로세서", false},
		{"샘플", "심플러", false},
		{"프레임", "플레임", false},
		{"마스터", "미스터", false},
	} {
		if got := drifted(test.a, test.b); got != test.want {
			t.Errorf("drifted(%s, %s) = %v", test.a, test.b, got)
		}
	}
}

func TestBestCut(t *testing.T) {
	for _, test := range []struct{ text, latin, want string }{
		{"쿠버네티스를", "kubernetes", "쿠버네티스"},
		{"카프카에서는", "kafka", "카프카"},
		{"파일이", "file", "파일"},
		{"매핑하는", "mapping", "매핑"},
		{"파이", "pie", "파이"},
		{"인텔리제이", "IntelliJ", "인텔리제이"},
		{"스프링 부트로", "spring boot", "스프링 부트"},
	} {
		if got, _ := bestCut(test.text, newLatin(test.latin)); got != test.want {
			t.Errorf("bestCut(%s, %s) = %s, want %s", test.text, test.latin, got, test.want)
		}
	}
}
