package browser

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestScreenshots makes the pictures of README.
func TestScreenshots(t *testing.T) {
	w := need(t)
	dir := os.Getenv(shotsVariable)
	if dir == "" {
		t.Skip("make screenshots makes them")
	}
	queries := map[string]string{"ko": "느린 쿼리", "en": "connection po"}
	for lang, query := range queries {
		for scheme, dark := range map[string]bool{"light": false, "dark": true} {
			v := view{1000, 700, 1, dark, lang}
			t.Run(fmt.Sprintf("box-%s-%s", lang, scheme), func(t *testing.T) {
				p := openBlog(t, "highlight", lang, v)
				p.openDialog()
				p.write(query)
				p.results()
				p.press(down)
				p.save(filepath.Join(dir, fmt.Sprintf("box-%s-%s.png", lang, scheme)))
			})
			t.Run(fmt.Sprintf("page-%s-%s", lang, scheme), func(t *testing.T) {
				p := open(t, w.chaja+"/?prefix=1&q="+url.QueryEscape(query), v) // as the box leads there
				p.until("the box is there", `!!customElements.get("chaja-search")`)
				p.save(filepath.Join(dir, fmt.Sprintf("page-%s-%s.png", lang, scheme)))
			})
		}
	}
}

// TestStateShots makes a picture of every state of the box and the pages, in both languages and themes, on a screen and a phone.
func TestStateShots(t *testing.T) {
	w := need(t)
	dir := os.Getenv(statesVariable)
	if dir == "" {
		t.Skip("make screenshots makes them")
	}
	for _, lang := range []string{"ko", "en"} {
		for _, dark := range []bool{false, true} {
			for width, height := range map[int64]int64{1000: 720, 390: 780} {
				v := view{width, height, 1, dark, lang}
				name := fmt.Sprintf("%s-%d-%t.png", lang, width, dark)
				for _, s := range boxStates {
					p := openBlog(t, s.attributes, lang, v)
					p.allowed = "503"
					p.run(`document.querySelector("chaja-search").open()`)
					s.show(chromium{p}, w.blog)
					p.save(filepath.Join(dir, "box-"+s.name+"-"+name))
				}
				for _, page := range pageStates {
					p := open(t, w.chaja+page.path, v)
					p.allowed = "404"
					p.until("the box is there", `!!customElements.get("chaja-search") || location.pathname === "/tags"`)
					p.save(filepath.Join(dir, "page-"+page.name+"-"+name))
				}
			}
		}
	}
}

// save writes a small picture of what is seen. Animations are over by then.
func (p *tab) save(path string) {
	p.Helper()
	p.until("all is still", `[document, document.querySelector("chaja-search")?.shadowRoot].every((root) => !root?.getAnimations().length)`)
	shot, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		p.Fatal(err)
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, fewColors(picture)); err != nil {
		p.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		p.Fatal(err)
	}
}

// fewColors gives a picture its 256 most frequent colours, at which a page looks the same and takes a third of the room.
func fewColors(from image.Image) image.Image {
	counts := map[color.RGBA]int{}
	bounds := from.Bounds()
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(from.At(x, y)).(color.RGBA) }
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	colors := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		colors = append(colors, c)
	}
	slices.SortFunc(colors, func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range colors[:min(256, len(colors))] {
		palette = append(palette, c)
	}
	nearest := map[color.RGBA]uint8{}
	to := image.NewPaletted(bounds, palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := at(x, y)
			if _, ok := nearest[c]; !ok {
				nearest[c] = uint8(palette.Index(c))
			}
			to.SetColorIndex(x, y, nearest[c])
		}
	}
	return to
}
