package main

import (
	"cmp"
	"os"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"
)

// usualPager shows what fits on the screen at once and ends, and keeps colours: less with the options that git gives it.
const (
	usualPager = "less"
	ofShells   = "|&;<>()$`\"'*?[#~" // signs in the name of a pager that a shell has to read, as with git
)

// pagerOptions are for less, where they are not set. Without the second one, it writes Hangul as <EA><B0><80> wherever the
// locale is C or not installed.
var pagerOptions = map[string]string{"LESS": "FRX", "LESSCHARSET": "utf-8"}

// paging are the flags of a command whose output may be longer than the screen.
type paging struct {
	program string
	off     bool
}

// paged gives cmd a pager, as git has it.
func paged(cmd *cobra.Command) *cobra.Command {
	var p paging
	cmd.Flags().StringVar(&p.program, "pager", "", "program that shows output on a terminal page by page (default: $PAGER, or less)")
	cmd.Flags().BoolVar(&p.off, "no-pager", false, "print long output at once")
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		p.start(cmd)
		return run(cmd, args)
	}
	return cmd
}

// start leads the output of cmd through the pager until the program ends. Where there is no terminal or no such program,
// nothing changes.
func (p *paging) start(cmd *cobra.Command) {
	out, ok := behind(cmd.OutOrStdout()).(*output)
	words := strings.Fields(cmp.Or(p.program, os.Getenv("PAGER"), usualPager))
	if !ok || !isTerminal(out) || p.off || len(words) == 0 {
		return
	}
	pager := exec.Command(words[0], words[1:]...)
	if command := strings.Join(words, " "); strings.ContainsAny(command, ofShells) {
		if shell, err := exec.LookPath("sh"); err == nil {
			pager = exec.Command(shell, "-c", command)
		}
	}
	pager.Stdout, pager.Stderr = terminal(out), os.Stderr
	pager.Env = os.Environ()
	for name, value := range pagerOptions {
		if os.Getenv(name) == "" {
			pager.Env = append(pager.Env, name+"="+value)
		}
	}
	to, err := pager.StdinPipe()
	if err != nil || pager.Start() != nil {
		return
	}
	out.through(to, pager.Wait)
}
