package column

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func file(t testing.TB, columns ...[]byte) []byte {
	t.Helper()
	data, err := Write("test\x01", columns...)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestColumns: what was written is read, and is all there is.
func TestColumns(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		numbers, names, last := []byte(nil), []string{}, ""
		want := []int{}
		for range random.IntN(40) {
			n := random.IntN(1 << (1 + random.IntN(31)))
			want, numbers = append(want, n), AppendUint(numbers, n)
			last = last[:random.IntN(len(last)+1)] + strings.Repeat(string(rune('a'+random.IntN(3))), random.IntN(5))
			names = append(names, last)
		}
		data := file(t, numbers, AppendNames(nil, len(names), func(i int) string { return names[i] }))
		f, err := Read("test\x01", data, 2)
		if err != nil {
			t.Fatal(err)
		}
		in, err := f.Column(0)
		got := []int{}
		for err == nil && in.Len() > 0 {
			got = append(got, in.Uint())
		}
		if err != nil || in.Bad || !slices.Equal(got, want) {
			t.Fatalf("read %v, wrote %v: %v", got, want, err)
		}
		in, err = f.Column(1)
		if got := in.Strings(); err != nil || in.Bad || in.Len() > 0 || !slices.Equal(got, names) {
			t.Fatalf("read %q, wrote %q: %v", got, names, err)
		}
	}
}

// FuzzRead: any bytes, also with a checksum that is right, are an error or columns that end.
func FuzzRead(f *testing.F) {
	names := []string{"카카오", "카카오뱅크", "카프카", ""}
	f.Add(file(f, AppendUint(nil, 300), AppendNames(nil, len(names), func(i int) string { return names[i] })))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4 {
			data = bytes.Clone(data)
			binary.LittleEndian.PutUint32(data[len(data)-4:], checksum(data[:len(data)-4]))
		}
		file, err := Read("test\x01", data, 2)
		if err != nil {
			return
		}
		if in, err := file.Column(0); err == nil {
			for in.Len() > 0 {
				in.Uint()
			}
		}
		if in, err := file.Column(1); err == nil {
			if list := in.Strings(); in.Bad && len(list) > 0 {
				t.Errorf("%d strings of a column that is bad", len(list))
			}
		}
	})
}
