using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons;

/// <summary>A kind of work that is compared: its cases, its rivals, and what its pages show.</summary>
/// <param name="Page">What its files are called and show.</param>
/// <param name="Description">What it does, for the command line.</param>
/// <param name="Cases">All cases, in the order in which they are run.</param>
internal sealed record ComparisonFamily(FamilyPage Page, string Description, IReadOnlyList<ComparisonCase> Cases)
{
    /// <summary>Gets its name: that of the command and of the files.</summary>
    public string Name => Page.Name;

    /// <summary>Gets what a quick run leaves out.</summary>
    public string QuickText { get; init; } = "A tenth of the rows.";

    /// <summary>Gets how large the arrays for rivals are, in words.</summary>
    public required string WorkSize { get; init; }

    /// <summary>Gets how to measure when nothing else is said: long work runs once.</summary>
    public MeasureOptions Defaults { get; init; } = new() { MaxSeconds = 20 };

    /// <summary>Gets the numbers of its cases that the command line may change.</summary>
    public IReadOnlyList<CaseNumber> Numbers { get; init; } = [];

    /// <summary>Gets what makes a case anew with such numbers, each null where it was not given.</summary>
    public Func<ComparisonCase, Func<string, int?>, ComparisonCase> WithNumbers { get; init; } = static (planned, _) => planned;

    /// <summary>Gets whether cases read the PhysioNet 2012 challenge.</summary>
    public bool ReadsPhysioNet2012 { get; init; }

    /// <summary>Gets the script that runs the rivals in Python, and their names.</summary>
    public required (string Script, IReadOnlyList<string> Names) Python { get; init; }

    /// <summary>Gets the source of the rivals in C++, and their names; null where there are none.</summary>
    public (string Source, IReadOnlyList<string> Names)? Compiled { get; init; }

    /// <summary>Makes the rivals, whether or not they are installed.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="compiler">The C++ compiler.</param>
    /// <param name="folder">An existing folder for scripts and programs.</param>
    /// <returns>The rivals; the programs that run them.</returns>
    public (IReadOnlyList<IRival> Rivals, IReadOnlyList<IRivalProgram> Programs) RivalsWith(string python, string compiler, string folder)
    {
        var script = new PythonProgram(python, folder, Python.Script);
        var scripted = Python.Names.Select(name => new ProgramRival(name, script));
        if (Compiled is not { } compiled)
            return ([.. scripted], [script]);
        var program = new CompiledProgram(compiler, folder, compiled.Source);
        return ([.. scripted, .. compiled.Names.Select(name => new ProgramRival(name, program))], [script, program]);
    }
}

/// <summary>A number of a case that the command line may change.</summary>
/// <param name="Option">The option, such as "--rows".</param>
/// <param name="Description">What it is.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest; any when null.</param>
internal sealed record CaseNumber(string Option, string Description, int Minimum, int? Maximum = null);
