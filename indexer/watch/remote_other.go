//go:build !linux

package watch

// isRemote reports whether a folder lies on a file system where changes come from elsewhere. Here that is not known, and
// such changes are seen by the slow look only.
func isRemote(string) bool { return false }
