using Engine.Compute;
using Engine.Data;
using Engine.Synthesis;
using Engine.Synthesis.Language;

namespace Bench.Studies.Equity;

/// <summary>What the study of synthetic rows for small groups does with a cohort.</summary>
public sealed record EquityOptions
{
    /// <summary>The repeats of the paper.</summary>
    public const int RepeatsOfPaper = 25;

    /// <summary>Gets the rows of the majority to train on.</summary>
    public int MajoritySize { get; init; } = 1000;

    /// <summary>Gets the rows of a minority to train on, one setting a number; the paper's supplement has 50, 100 and 200.</summary>
    public IReadOnlyList<int> MinoritySizes { get; init; } = [100];

    /// <summary>Gets the groups that are made small, one after the other; all minorities of the cohort when null.</summary>
    public IReadOnlyList<string>? Minorities { get; init; }

    /// <summary>Gets how often rows are drawn and everything is trained.</summary>
    public int Repeats { get; init; } = RepeatsOfPaper;

    /// <summary>Gets the seed of every draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Gets the generators whose rows are tried, each with rows of the group and, unless it only knows groups, generic ones.</summary>
    public required IReadOnlyList<EquityGenerator> Generators { get; init; }

    /// <summary>Gets what a language model takes for tokens; nothing by default.</summary>
    public TokenPrices Prices { get; init; }

    /// <summary>Gets a sentence on what was shown to whom; null where nothing could leave the machine.</summary>
    public string? Disclosure { get; init; }

    /// <summary>Gets the ridge penalty of logistic regression on standardized features, 1 / C of scikit-learn.</summary>
    public double RidgePenalty { get; init; } = 1;

    /// <summary>Gets how the machine may be used.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;

    /// <summary>Gets what is told of the rows that an arm trains on, for another program to train on the same; the rows are only read meanwhile.</summary>
    internal Action<EquityTrainingRows>? Observe { get; init; }

    /// <summary>Gets what is told of the rows that a generator made, from several threads; the rows are only read meanwhile.</summary>
    internal Action<EquityMadeRows>? ObserveMade { get; init; }
}

/// <summary>The rows that the generator of an arm made in one repeat.</summary>
/// <param name="Minority">The minority that they are for.</param>
/// <param name="Size">Its rows that train.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Table">The rows.</param>
internal sealed record EquityMadeRows(string Minority, int Size, int Repeat, string Arm, SchemaTable Table);

/// <summary>The rows that an arm trains one model an outcome on.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Arm">The arm, and of separate models also which group.</param>
/// <param name="Rows">Encoded features before they are standardized, NaN where missing, and the column that tells the groups apart.</param>
/// <param name="Outcomes">The classes, outcome by outcome.</param>
/// <param name="Weights">One weight a row; empty for 1.</param>
internal sealed record EquityTrainingRows(string Minority, int Size, int Repeat, string Arm, SampleMatrix Rows, IReadOnlyList<Labels> Outcomes, double[] Weights);

/// <summary>A generator of the study.</summary>
/// <param name="Name">The name in options and results, such as "copula".</param>
/// <param name="Title">The name for readers, such as "Copula".</param>
/// <param name="Rows">Makes the rows.</param>
public sealed record EquityGenerator(string Name, string Title, IRowGenerator Rows)
{
    /// <summary>Gets whether it makes rows of the group only, as SMOTE of the paper does; default false, generic ones as well.</summary>
    public bool IsOfGroupOnly { get; init; }

    /// <summary>Gets the temperature of its language model; null for generators without one.</summary>
    public double? Temperature { get; init; }

    /// <summary>Gets the arms that train on its rows.</summary>
    internal IReadOnlyList<EquityArm> Arms => IsOfGroupOnly
        ? [new(Name, Title) { Generator = this, LearnsFromGroup = true }]
        : [new($"{Name}-group", $"{Title}, of the group") { Generator = this, LearnsFromGroup = true }, new($"{Name}-generic", $"{Title}, generic") { Generator = this }];
}

/// <summary>One way to train on a large and a small group.</summary>
/// <param name="Name">The name in results.</param>
/// <param name="Title">The name for readers.</param>
public sealed record EquityArm(string Name, string Title)
{
    /// <summary>Both groups as they are, with a column that tells them apart.</summary>
    public static EquityArm Baseline { get; } = new("baseline", "Baseline");

    /// <summary>The rows of the minority weigh as much together as those of the majority.</summary>
    public static EquityArm Upweighted { get; } = new("upweighted", "Upweighted");

    /// <summary>A model for each group.</summary>
    public static EquityArm Separate { get; } = new("separate", "Separate models");

    /// <summary>Gets the generator of the rows that are added to the minority; null for none.</summary>
    public EquityGenerator? Generator { get; init; }

    /// <summary>Gets whether the generator is shown rows of the minority alone; else those of both groups.</summary>
    public bool LearnsFromGroup { get; init; }

    /// <summary>Lists the arms of a study: the baseline first.</summary>
    /// <param name="generators">The generators.</param>
    public static IReadOnlyList<EquityArm> Of(IReadOnlyList<EquityGenerator> generators)
    {
        ArgumentNullException.ThrowIfNull(generators);
        return [Baseline, Upweighted, Separate, .. generators.SelectMany(generator => generator.Arms)];
    }
}
