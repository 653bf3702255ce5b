using System.CommandLine;

namespace Bench.Commands;

/// <summary>The command <c>completion</c>: a script by which a shell completes commands, options and their values.</summary>
internal sealed class CompletionCommand : Command
{
    // The program itself answers what may follow, by the directive of System.CommandLine.
    private const string Bash =
        """
        _engine_bench() {
            local program=${COMP_WORDS[0]} line=${COMP_LINE#*[[:space:]]} word=${COMP_WORDS[COMP_CWORD]}
            local position=$((COMP_POINT - ${#COMP_LINE} + ${#line})) IFS=$'\n'
            COMPREPLY=($(compgen -W "$("$program" "[suggest:$position]" "$line" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _engine_bench Bench bench
        """;

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash; or zsh, which reads the same after bashcompinit." };

    public CompletionCommand()
        : base("completion", "Print a script that completes commands and options in a shell: source <(Bench completion bash).")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh");
        Arguments.Add(_shell);
        SetAction(arguments =>
        {
            if (arguments.GetValue(_shell) == "zsh")
                Console.Out.Write("autoload -U +X compinit bashcompinit && compinit && bashcompinit\n");
            Console.Out.Write($"{Bash.ReplaceLineEndings("\n")}\n");
        });
    }
}
