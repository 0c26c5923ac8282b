package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
    // @ts-expect-error there is no such detail
    window.addEventListener("chaja-search", (e) => e.detail.nothing);
    return () => box.current?.removeEventListener("chaja-select", select);
  }, [go]);
  return (
    <div>
      <chaja-search ref={box} inline highlight="" lang="ko" theme="auto" data-recent="off" server="https://search.example/">
        <form action="https://search.example/"><input name="q" /></form>
      </chaja-search>
      {/* @ts-expect-error there is no such theme */}
      <chaja-search theme="blue" />
    </div>
  );
}
`

// TestTypes: a strict TypeScript takes the box in JSX of React 18 and 19, and finds mistakes.
func TestTypes(t *testing.T) {
	need(t)
	modules := filepath.Join(os.Getenv(hexoVariable), "node_modules")
	compiler := filepath.Join(modules, ".bin", "tsc")
	if _, err := os.Stat(compiler); err != nil {
		if os.Getenv(requiredVariable) != "" {
			t.Fatal("TypeScript must be here: make test-browser brings it")
		}
		t.Skip("no TypeScript: make test-browser brings it")
	}
	types, err := os.ReadFile("../assets/box.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	for _, react := range []string{"react18", "react19"} {
		t.Run(react, func(t *testing.T) {
			dir := t.TempDir()
			config := fmt.Sprintf(`{"compilerOptions": {"strict": true, "noEmit": true, "jsx": "react-jsx", "target": "es2022", "module": "esnext", "moduleResolution": "bundler", "types": [],
				"paths": {"react": [%q], "react/jsx-runtime": [%q], "csstype": [%q], "prop-types": [%q]}}, "files": ["search.tsx"]}`,
				filepath.Join(modules, react), filepath.Join(modules, react, "jsx-runtime"), filepath.Join(modules, "csstype"), filepath.Join(modules, "@types", "prop-types"))
			for name, content := range map[string]string{"tsconfig.json": config, "search.tsx": jsx, "search-box.d.ts": string(types)} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.Command(compiler, "-p", dir)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
