package vector

// lanes is the number of bytes that one step of dot takes. Vectors are filled up to a multiple of it with zeros.
const lanes = 32

// dotPlain is dot without instructions for several numbers at once. Sums do not overflow: 8192 products of two bytes are less than 2^31.
func dotPlain(a, b []int8) int32 {
	var s0, s1, s2, s3 int32
	for len(a) >= 8 && len(b) >= 8 {
		s0 += int32(a[0])*int32(b[0]) + int32(a[4])*int32(b[4])
		s1 += int32(a[1])*int32(b[1]) + int32(a[5])*int32(b[5])
		s2 += int32(a[2])*int32(b[2]) + int32(a[6])*int32(b[6])
		s3 += int32(a[3])*int32(b[3]) + int32(a[7])*int32(b[7])
		a, b = a[8:], b[8:]
	}
	return s0 + s1 + s2 + s3
}
