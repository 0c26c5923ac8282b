package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// jsx uses the box as a React component does. Lines below @ts-expect-error must be mistakes.
const jsx = `import { useEffect, useRef } from "react";
import type { ChajaSearchElement, ChajaSearchEvents } from "./search-box";

export function Search({ go }: { go: (url: string) => void }) {
  const box = useRef<ChajaSearchElement>(null);
  useEffect(() => {
    const select = (e: ChajaSearchEvents["chaja-select"]) => { e.preventDefault(); go(e.detail.url); };
    box.current?.addEventListener("chaja-select", select);
    document.querySelector("chaja-search")?.open();
    window.addEventListener("chaja-search", (e) => console.log(e.detail.total.toFixed(), e.detail.query.length));
    document.addEventListener("chaja-select", (e) => console.log(e.detail.position.toFixed()));
    // @ts-expect-error there is no such detail
    window.addEventListener("chaja-search", (e) => e.detail.nothing);
    return () => box.current?.removeEventListener("chaja-select", select);
  }, [go]);
  return (
    <div>
      <chaja-search ref={box} inline highlight="" lang="ko" theme="auto" data-recent="off" server="https://search.example/">
        <form action="https://search.example/"><input name="q" /></form>
      </chaja-search>
      <chaja-search id="search" dir="rtl" hidden title="Search" role="search" tabIndex={0} aria-label="Search" suppressHydrationWarning onClick={(e: Event) => e.preventDefault()} />
      {/* @ts-expect-error there is no such theme */}
      <chaja-search theme="blue" />
      {/* @ts-expect-error the event has no such detail */}
      <chaja-search onchaja-select={(e: CustomEvent<{ nothing: number }>) => e.detail.nothing} />
    </div>
  );
}
`

// The same in the templates of other frameworks. svelte-check has no comment for a mistake that must be there.
const (
	solid = `import type { ChajaSearchElement } from "./search-box";

export function Search() {
  let box!: ChajaSearchElement;
  return (
    <div>
      <chaja-search ref={box} dir="rtl" hidden title="Search" inline highlight="" lang="ko" theme="auto" data-recent="off" on:chaja-select={(e) => e.detail.url} />
      {/* @ts-expect-error there is no such theme */}
      <chaja-search theme="blue" />
    </div>
  );
}
`
	vue = `<script setup lang="ts">
import type { ChajaSearchEvents } from "./search-box";
const go = (e: ChajaSearchEvents["chaja-select"]) => e.detail.url;
</script>
<template>
  <chaja-search dir="rtl" hidden title="Search" inline highlight lang="ko" theme="auto" @chaja-select="go" />
  <!-- @vue-expect-error there is no such theme -->
  <chaja-search theme="blue" />
</template>
`
	svelte = `<script lang="ts">
  import type { ChajaSearchEvents } from "./search-box";
  const go = (e: ChajaSearchEvents["chaja-select"]) => e.detail.url;
</script>
<chaja-search dir="rtl" hidden title="Search" inline highlight lang="ko" theme="auto" onchaja-select={go}></chaja-search>
`
)

// TestTypes: strict compilers take the box in JSX of React 18 and 19 and Solid and in templates of Vue and Svelte, and find
// mistakes.
func TestTypes(t *testing.T) {
	need(t)
	modules := filepath.Join(os.Getenv(hexoVariable), "node_modules")
	if _, err := os.Stat(filepath.Join(modules, ".bin", "svelte-check")); err != nil {
		if os.Getenv(requiredVariable) != "" {
			t.Fatal("TypeScript and the compilers of frameworks must be here: make test-browser brings them")
		}
		t.Skip("no TypeScript: make test-browser brings it")
	}
	react := func(version string) string {
		return fmt.Sprintf(`"jsx": "react-jsx", "paths": {"react": [%q], "react/jsx-runtime": [%q], "csstype": [%q], "prop-types": [%q]}`,
			filepath.Join(modules, version), filepath.Join(modules, version, "jsx-runtime"), filepath.Join(modules, "csstype"), filepath.Join(modules, "@types", "prop-types"))
	}
	tsc := []string{"tsc", "-p", "tsconfig.json"}
	tests := []struct {
		name, file, source, options string
		check                       []string
		mistake                     string // what a compiler says of a theme that there is not, where the source cannot
	}{
		{"react18", "search.tsx", jsx, react("react18"), tsc, ""},
		{"react19", "search.tsx", jsx, react("react19"), tsc, ""},
		{"solid", "search.tsx", solid, `"jsx": "preserve", "jsxImportSource": "solid-js"`, tsc, ""},
		{"vue", "Search.vue", vue, `"jsx": "preserve"`, []string{"vue-tsc", "-p", "tsconfig.json"}, ""},
		{"svelte", "Search.svelte", svelte, `"jsx": "preserve"`, []string{"svelte-check", "--tsconfig", "./tsconfig.json", "--output", "machine"}, "blue"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := typed(t, modules, test.file, test.source, test.options)
			if out, err := compile(dir, test.check); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			if test.mistake == "" {
				return
			}
			dir = typed(t, modules, test.file, strings.Replace(test.source, "auto", "blue", 1), test.options)
			if out, err := compile(dir, test.check); err == nil || !strings.Contains(out, test.mistake) {
				t.Errorf("a mistake is not found: %v\n%s", err, out)
			}
		})
	}
}

// typed makes a project of one file and the types of the box.
func typed(t *testing.T, modules, file, source, options string) string {
	t.Helper()
	types, err := os.ReadFile("../assets/npm/search-box.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	config := fmt.Sprintf(`{"compilerOptions": {"strict": true, "noEmit": true, "target": "es2022", "lib": ["es2022", "dom", "dom.iterable"], "module": "esnext", "moduleResolution": "bundler", "types": [], %s},
		"vueCompilerOptions": {"strictTemplates": true}, "include": [%q, "search-box.d.ts"]}`, options, file)
	dir := t.TempDir()
	for name, content := range map[string]string{"tsconfig.json": config, file: source, "search-box.d.ts": string(types)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// compile runs a compiler of node_modules.
func compile(dir string, command []string) (string, error) {
	cmd := exec.Command(filepath.Join(dir, "node_modules", ".bin", command[0]), command[1:]...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}
