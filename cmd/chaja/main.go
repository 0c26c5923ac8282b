// Command chaja is full-text search for a site of Markdown posts, in Korean, English or both: it indexes the posts,
// serves searches over HTTP and answers them at the terminal. Each subcommand is in a file of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"chaja/search/hangul"
)

// Exit codes. A signal adds its number to the last one, as shells do: 130 after Ctrl-C.
const (
	exitFine   = 0
	exitFailed = 1
	exitUsage  = 2
	exitSignal = 128
)

func main() {
	os.Exit(run(untilSignal(), os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// interruption is the cause of a context that a signal ended.
type interruption struct{ syscall.Signal }

func (i interruption) Error() string { return i.String() }

// untilSignal returns a context that ends with the first signal to end. A second one ends the program at once.
func untilSignal() context.Context {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		got := <-signals
		signal.Stop(signals)
		cancel(interruption{got.(syscall.Signal)})
	}()
	return ctx
}

// streams are what a command reads and writes: results go to out, everything else to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// debugVariable makes a panic show its trace, when it is set.
const debugVariable = "CHAJA_DEBUG"

// reportPanic tells of a bug in one line, and what to do about it. Go itself would print a trace, and exit with the code
// of wrong usage.
func reportPanic(err io.Writer, cause any) {
	fmt.Fprintf(err, "chaja: this is a bug in chaja: %s\n", clean(fmt.Sprint(cause)))
	if os.Getenv(debugVariable) != "" {
		fmt.Fprintf(err, "%s", debug.Stack())
		return
	}
	fmt.Fprintf(err, "       report it with the command and what it prints with %s=1\n", debugVariable)
}

// run is the program without the process around it.
func run(ctx context.Context, args []string, s streams) (code int) {
	defer func() {
		if cause := recover(); cause != nil {
			reportPanic(s.err, cause)
			code = exitFailed
		}
	}()
	out := &output{to: s.out}
	s.err = &guard{to: s.err}
	root := newRoot(streams{s.in, &guard{to: out}, s.err})
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	out.finish()
	if err = out.check(err); err == nil {
		return exitFine
	}
	var lost *outputError
	if errors.As(err, &lost) && lost.quiet() {
		return exitFailed
	}
	fmt.Fprintf(s.err, "chaja: %s\n", strings.ReplaceAll(err.Error(), "\n", "\n       ")) // none of several looks like the first
	if hint := hint(err); hint != "" {
		fmt.Fprintf(s.err, "       %s\n", hint)
	}
	return exitCode(ctx, err)
}

// exitCode is that of a command that ended with err.
func exitCode(ctx context.Context, err error) int {
	var usage usageError
	var by interruption
	switch {
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, context.Canceled) && errors.As(context.Cause(ctx), &by):
		return exitSignal + int(by.Signal)
	}
	return exitFailed
}

func newRoot(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:           "chaja",
		Short:         "Full-text search for Markdown sites in Korean and English",
		SilenceErrors: true,
		SilenceUsage:  true,

		SuggestionsMinimumDistance: 2,

		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			_, err := configure(cmd)
			return err
		},
	}
	root.Version = newBuild().String()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newIndex(), paged(newCheck()), newServe(), paged(newSearch()), newSuggest(), paged(newTags()),
		paged(newPosts()), newPublish(), paged(newPairs()), paged(newQueries()), newEval(), newAnalyze(), newInit(), newConfig(), newMan(), newVersion())
	strictHelp(root)
	return root
}

// strictHelp makes the commands that cobra adds refuse what does not exist, as all others do.
func strictHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Args = func(_ *cobra.Command, args []string) error {
				found, rest, err := root.Find(args)
				if err != nil {
					return usageError{err}
				}
				return noArgs(found, rest)
			}
		case "completion":
			cmd.Args = noArgs
			cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
}

// usageError is a mistake in how the command was called.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// noArgs refuses arguments. For a command with subcommands these are subcommands that do not exist.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasSubCommands() {
		return usageError{fmt.Errorf("%s does not take %q; see: %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())}
	}
	similar := ""
	names := cmd.SuggestionsFor(args[0])
	if len(names) == 0 {
		names = cmd.SuggestionsFor(hangul.ToLatin(args[0])) // ㄴㄷㅁㄱ초: the keyboard was set to Hangul
	}
	if len(names) > 0 {
		similar = "; there is " + strings.Join(names, " and ")
	}
	return usageError{fmt.Errorf("%s has no command %q%s; see: %s --help", cmd.CommandPath(), args[0], similar, cmd.CommandPath())}
}

// flagError says which flag is wrong and what it wants.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "" && cmd.Name() == "search" {
		return usageError{fmt.Errorf("-%s is no flag; a query that begins with a minus stands after --, as in: %s -- '-%[1]s'",
			unknown.GetSpecifiedShortnames(), cmd.CommandPath())}
	}
	if unknown != nil {
		if name := similarFlag(cmd, unknown.GetSpecifiedName()); name != "" {
			return usageError{fmt.Errorf("%w; there is --%s", err, name)}
		}
	}
	return usageError{fmt.Errorf("%w; see: %s --help", plainValue(err), cmd.CommandPath())}
}

// similarFlag returns the flag of cmd that is spelled nearly like name, "" for none.
func similarFlag(cmd *cobra.Command, name string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return nearest(name, names)
}

// plainValue leaves out what Go calls the function that could not read the value of a flag.
func plainValue(err error) error {
	var invalid *pflag.InvalidValueError
	if !errors.As(err, &invalid) {
		return err
	}
	kind, ok := errors.AsType[wants](err)
	if !ok {
		kind = map[string]wants{"int": "a whole number", "bool": "true or false"}[invalid.GetFlag().Value.Type()]
	}
	if kind == "" {
		return err
	}
	return fmt.Errorf("--%s wants %s, not %q", invalid.GetFlag().Name, string(kind), invalid.GetValue())
}
