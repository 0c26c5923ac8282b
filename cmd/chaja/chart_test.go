package main

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// The chart has logarithmic axes, so that growth by a power is a line.
const (
	chartWidth, chartHeight = 640, 400
	chartLeft, chartRight   = 60, 190
	chartTop, chartBottom   = 20, 50
)

var chartColours = []string{"#1f6feb", "#d4572a", "#7a5195", "#2a8c4a"}

// drawChart draws the costs of some sizes as SVG, each relative to that of the smallest size.
func drawChart(points []scalePoint) string {
	x := func(p scalePoint) float64 { return math.Log10(p.TextMB) }
	from, to := x(points[0]), x(points[len(points)-1])
	top := 0.0
	for _, c := range curves {
		for _, p := range points {
			top = max(top, math.Log10(c.value(p)/c.value(points[0])))
		}
	}
	left := func(v float64) float64 {
		return chartLeft + (v-from)/(to-from)*(chartWidth-chartLeft-chartRight)
	}
	down := func(v float64) float64 {
		return chartHeight - chartBottom - v/top*(chartHeight-chartTop-chartBottom)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", chartWidth, chartHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", chartWidth, chartHeight)
	for v := 0.0; v <= top; v++ {
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">× %.0f</text>`+"\n",
			chartLeft, down(v), chartWidth-chartRight, chartLeft-6, down(v)+4, math.Pow(10, v))
	}
	for _, p := range points {
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%d posts</text><text x="%.1f" y="%d" text-anchor="middle">%.1f MB</text>`+"\n",
			left(x(p)), chartHeight-chartBottom+18, p.posts, left(x(p)), chartHeight-chartBottom+34, p.TextMB)
	}
	for i, c := range curves {
		var line []string
		for _, p := range points {
			line = append(line, fmt.Sprintf("%.1f,%.1f", left(x(p)), down(math.Log10(c.value(p)/c.value(points[0])))))
		}
		last := points[len(points)-1]
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", strings.Join(line, " "), chartColours[i])
		fmt.Fprintf(&b, `<text x="%d" y="%d" fill="%s">%s: %.2f</text>`+"\n",
			chartWidth-chartRight+12, chartTop+20+18*i, chartColours[i], c.name, exponent(points, c.value))
		fmt.Fprintf(&b, `<text x="%d" y="%d" fill="%s">%.1f to %.1f</text>`+"\n",
			chartWidth-chartRight+12, chartHeight/2+18*i, chartColours[i], c.value(points[0]), c.value(last))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// TestExponent: growth by a power is found, and drawn for every size.
func TestExponent(t *testing.T) {
	var points []scalePoint
	for _, size := range []float64{1, 10, 100} {
		points = append(points, scalePoint{posts: int(100 * size), evalReport: evalReport{
			TextMB: size, IndexCPUS: 2 * math.Pow(size, 1.1), IndexMB: 3 * size, IndexPeakMB: 100, QueryCPU: 50 * math.Sqrt(size)}})
	}
	for i, want := range []float64{1.1, 1, 0, 0.5} {
		if got := exponent(points, curves[i].value); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", curves[i].name, got, want)
		}
	}
	if chart := drawChart(points); strings.Count(chart, "posts</text>") != 3 || strings.Count(chart, "<polyline") != len(curves) || strings.Contains(chart, "NaN") {
		t.Errorf("the chart:\n%s", chart)
	}
}
