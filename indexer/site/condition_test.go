package site

import "testing"

// TestDropUnmet: what is never shown goes, with its tags, and every line stays where it is.
func TestDropUnmet(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{"가{% if false %}나{% endif %}다", "가{% endif %}다"},
		{"가\n{%- if false -%}\n나\n{%- else -%}\n다\n{%- endif -%}\n", "가\n\n\n{%- else -%}\n다\n{%- endif -%}\n"},
		{"{% if true %}가{% elsif x %}나{% else %}다{% endif %}", "{% if true %}가{% endif %}"},
		{"{% if x %}가{% elif false %}나{% else %}다{% endif %}", "{% if x %}가{% else %}다{% endif %}"},
		{"{% if false %}{% if x %}가{% else %}나{% endif %}{% else %}다{% endif %}", "{% else %}다{% endif %}"},
		{"{% unless true %}가{% endunless %}{% unless x %}나{% endunless %}", "{% endunless %}{% unless x %}나{% endunless %}"},
		{"{% if not true %}가{% endif %}", "{% endif %}"},
		{"{% raw %}{% if false %}가{% endif %}{% endraw %}", "{% raw %}{% if false %}가{% endif %}{% endraw %}"},
		{"{% for x in y %}가{% else %}나{% endfor %}", "{% for x in y %}가{% else %}나{% endfor %}"},
		{"{% if false %}{% for x in y %}가{% else %}나{% endfor %}{% endif %}다", "{% endif %}다"},
		{"{% if false %}가", "{% if false %}가"},
		{"{% endif %}가", "{% endif %}가"},
	} {
		if got := dropUnmet(tt.source); got != tt.want {
			t.Errorf("%q: %q; want %q", tt.source, got, tt.want)
		}
	}
}
