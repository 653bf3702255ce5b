using System.CommandLine;
using Bench.Commands;
using Spectre.Console;

// A file or a log shows the codes of colors as noise.
if (Console.IsOutputRedirected)
    (AnsiConsole.Profile.Capabilities.Ansi, AnsiConsole.Profile.Capabilities.ColorSystem) = (false, ColorSystem.NoColors);

var run = new RunCommand();
var root = new RootCommand("Engine bench: exact neighbors, resampling, logistic regression and subgroup metrics on clinical data.")
{
    run, new SimulateCommand(), new CompareCommand(), new DevicesCommand(), new CheckDeviceCommand(),
};
// Without a command, the main job: `dotnet run --project Bench` shows what the engine does.
var arguments = args.Length == 0 ? [run.Name] : args;
return await root.Parse(arguments).InvokeAsync();
