package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

// whyOf returns what --explain says of a post, a line each.
func whyOf(t *testing.T, site, id string, query ...string) string {
	t.Helper()
	var texts []string
	for _, h := range decoded[search.Result](t, append([]string{"search", "--site", site, "--json", "--explain"}, query...)...).Hits {
		for _, w := range h.Why {
			if h.ID == id {
				texts = append(texts, w.Text)
			}
		}
	}
	return strings.Join(texts, "\n")
}

// TestConfigurationExampleOfLevers: what docs/configuration.md shows of pins, boosts and pairs holds for the sample blog.
func TestConfigurationExampleOfLevers(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	must(t, err)
	_, section, _ := strings.Cut(string(text), "\n## What comes first\n")
	_, example, _ := strings.Cut(section, "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	site := sampleSite(t)
	write(t, filepath.Join(site, pairsName), "쿠버네티스 = kubernetes = k8s\n")
	fine(t, "index", "--site", site)
	lag, outbox, stampede := "posts/2021-05-29-kafka-consumer-lag.md", "posts/2022-06-26-kafka-outbox-pattern.md", "posts/2020-06-14-cache-stampede.md"
	before := ids(t, site, "kafka")
	if before[0] != lag && before[0] != outbox {
		t.Fatalf("without a boost the first is %s", before[0])
	}

	write(t, filepath.Join(site, settingsName), example)
	if got := ids(t, site, "카프카"); got[0] != stampede {
		t.Errorf("pinned, but the first is %s", got[0])
	}
	if diff := cmp.Diff([]string{"posts/2023-09-16-spring-boot-3-jdk17.md", "posts/2022-11-26-transactional-unit-test.md"}, ids(t, site, "Spring-Boot", "--per-page", "2")); diff != "" {
		t.Errorf("two pins (-want +got):\n%s", diff)
	}
	if got := ids(t, site, "kafka"); got[0] == before[0] || len(got) != len(before) {
		t.Errorf("lowered, but %v follows %v", got, before)
	}
	for _, want := range []struct{ why, text string }{
		{whyOf(t, site, "posts/2022-11-26-transactional-unit-test.md", "Spring-Boot"), "pinned for this query in chaja.yaml"},
		{whyOf(t, site, lag, "kafka"), "category:kafka counts 0.5 times by chaja.yaml"},
		{whyOf(t, site, "posts/2021-03-02-load-test.md", "k8s"), `"k8s" is in the text as "쿠버네티스"`},
	} {
		if !strings.Contains(section, "`"+want.text+"`") || !strings.Contains(want.why, want.text) {
			t.Errorf("docs have no %q, or it is not in\n%s", want.text, want.why)
		}
	}
	got := chaja(t, "index", "--site", site)
	if !strings.Contains(got.err, "chaja.yaml:6: boost: no post is in the folder posts/archive\n") {
		t.Errorf("chaja index says\n%s", got.err)
	}
}

// TestLeversOfNoPost: what there is none of is told by index and check, with its line; a hidden post is never brought.
func TestLeversOfNoPost(t *testing.T) {
	site := newSite(t, map[string]string{
		"_config.yml":            "title: 블로그\n",
		"_posts/2020-01-01-a.md": "---\ntitle: 첫 글\ncategories: [essay]\n---\n사과",
		"_posts/2020-01-02-b.md": "---\ntitle: 둘째 글\npublished: false\n---\n배",
		settingsName: "pin:\n  사과: [_posts/2020-01-02-b.md, _posts/2020-01-01-b.md]\n  배: ./_posts/2020-01-02-b.md\n" +
			"boost:\n  _posts: 2\n  post: 2\n  category:Essay: 2\n  category:essai: 2\n",
	})
	want := []string{
		"chaja.yaml:2: pin: _posts/2020-01-02-b.md is not shown to those who search: published: false",
		"chaja.yaml:2: pin: there is no post _posts/2020-01-01-b.md; the nearest is _posts/2020-01-01-a.md",
		"chaja.yaml:3: pin: _posts/2020-01-02-b.md is not shown",
		"chaja.yaml:6: boost: no post is in the folder post",
		"chaja.yaml:8: boost: no post has the category essai; the nearest is essay",
	}
	for _, command := range []string{"index", "check"} {
		got := chaja(t, command, "--site", site)
		for _, line := range want {
			if !strings.Contains(got.out+got.err, line) {
				t.Errorf("%s does not say %q, but\n%s", command, line, got.out+got.err)
			}
		}
		if n := strings.Count(got.out+got.err, settingsName+":"); n != len(want) {
			t.Errorf("%s names %d lines, want %d:\n%s", command, n, len(want), got.out+got.err)
		}
	}
	if got := ids(t, site, "배"); len(got) > 0 {
		t.Errorf("a pin brings %v", got)
	}
	if got := chaja(t, "index", "--site", site, "--strict"); got.code != exitFailed || !strings.Contains(got.err, "5 problems found") {
		t.Errorf("with --strict: exit %d\n%s", got.code, got.err)
	}
}

// TestLeverMistakes: what cannot be meant stops every command, with its line.
func TestLeverMistakes(t *testing.T) {
	for yaml, want := range map[string]string{
		"pin: a.md":                 "chaja.yaml:1: pin wants lines of key: value, such as 시작하기: posts/start.md",
		"pin:\n  '!?': a.md":        `chaja.yaml:2: pin wants a query with a letter or digit, not "!?"`,
		"pin:\n  a:\n    - ../b.md": `chaja.yaml:3: pin wants the path of a post in the site, such as posts/start.md, not "../b.md"`,
		"pin:\n  a: /b.md":          "chaja.yaml:2: pin wants the path",
		"pin:\n  a: {b: c}":         "chaja.yaml:2: pin wants the path",
		"pin:\n  a:":                "chaja.yaml:2: pin wants the path",
		"pin:\n  a: [" + strings.Repeat("b, ", 11) + "]": "chaja.yaml:2: pin takes at most 10 posts for a query, not 11",
		"boost:\n  a: 0":                            `chaja.yaml:2: boost wants a number from 0.1 to 10, not "0"`,
		"boost:\n  a: .nan":                         "chaja.yaml:2: boost wants a number",
		"boost:\n  a: [1]":                          "chaja.yaml:2: boost wants a number",
		"boost:\n  'category:': 2":                  `chaja.yaml:2: boost wants a folder of the site or category:NAME, not "category:"`,
		"boost:\n  .: 2":                            "chaja.yaml:2: boost wants a folder",
		"boost:\n" + strings.Repeat("  a: 2\n", 21): "chaja.yaml",
		"pin:\npin:\n":                              "pin is set a second time",
		"pins:\n  a: b":                             `unknown key "pins"; the nearest is "pin"`,
		"serve:\n  pin:\n    a: b":                  `unknown key "pin" of serve`,
	} {
		for _, command := range []string{"config", "search"} {
			chaja(t, command, "--site", settingsSite(t, yaml)).failed(t, exitUsage, want)
		}
	}
}

// TestLeversInForce: chaja config shows them, a server has them, and has others after SIGHUP.
func TestLeversInForce(t *testing.T) {
	site := settingsSite(t, "pin:\n  첫  글: [a.md, b.md]\nboost:\n  posts/: 0.50\n  category:Spring Boot: 2\n")
	var got []string
	for _, row := range decoded[struct{ Settings []configRow }](t, "config", "--site", site, "--json").Settings {
		if row.Name == pinKey || row.Name == boostKey {
			got = append(got, row.Name+" "+row.Value+" "+strings.TrimPrefix(row.From, site+string(filepath.Separator)))
		}
	}
	want := []string{"boost posts: 0.5 chaja.yaml:4", "boost category:springboot: 2 chaja.yaml:5", "pin 첫  글: a.md chaja.yaml:2", "pin 첫  글: b.md chaja.yaml:2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
