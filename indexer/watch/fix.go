package watch

import (
	"errors"
	"io/fs"
	"syscall"
)

// fix says what a person can do so that the system tells of changes; empty when the error says it.
func fix(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC): // the limit of watches, which Linux reports as a full disk
		return "raise the limit of watched folders with: sysctl fs.inotify.max_user_watches=524288"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return "raise the limits of open files (ulimit -n) and of watchers (sysctl fs.inotify.max_user_instances=512)"
	case errors.Is(err, fs.ErrPermission):
		return "check the permissions of the folder"
	}
	return ""
}
