package watch

import (
	"slices"

	"golang.org/x/sys/unix"
)

// remoteSystems are the file systems where others write too, of whom inotify does not tell: by statfs(2), f_type.
var remoteSystems = []uint32{
	unix.NFS_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.FUSE_SUPER_MAGIC,
	unix.V9FS_MAGIC, unix.CEPH_SUPER_MAGIC, unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC, unix.CODA_SUPER_MAGIC, unix.NCP_SUPER_MAGIC,
	unix.OCFS2_SUPER_MAGIC,
	0x0bd00bd0, // Lustre
	0x01161970, // GFS2
	0x47504653, // GPFS
	0x786f4256, // shared folders of VirtualBox
	0xbacbacbc, // shared folders of VMware
	0x7c7c6673, // shared folders of Parallels
}

// isRemote reports whether a folder lies on a file system where changes come from elsewhere.
func isRemote(dir string) bool {
	var s unix.Statfs_t
	return unix.Statfs(dir, &s) == nil && slices.Contains(remoteSystems, uint32(s.Type))
}
