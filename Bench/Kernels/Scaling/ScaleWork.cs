using Bench.Comparisons.Cases;

namespace Bench.Kernels.Scaling;

/// <summary>What is made larger while all else stays.</summary>
internal enum ScaleAxis
{
    /// <summary>Rows.</summary>
    Rows,

    /// <summary>Stays, each with as many rows as it has prefixes.</summary>
    Stays,

    /// <summary>Columns of a row.</summary>
    Columns,

    /// <summary>Neighbors of a row, k.</summary>
    Neighbors,

    /// <summary>Threads.</summary>
    Threads,
}

/// <summary>How large a piece of work is.</summary>
/// <param name="Rows">Rows, or stays of work by stays.</param>
/// <param name="Columns">Columns; of work on hours as they are, 76.</param>
/// <param name="Neighbors">k, where there is one.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ScaleSize(int Rows, int Columns, int Neighbors, int Threads)
{
    /// <summary>Returns the same, larger or smaller along an axis.</summary>
    public ScaleSize With(ScaleAxis axis, int value) => axis switch
    {
        ScaleAxis.Columns => this with { Columns = value },
        ScaleAxis.Neighbors => this with { Neighbors = value },
        ScaleAxis.Threads => this with { Threads = value },
        _ => this with { Rows = value },
    };
}

/// <summary>How work grows at most along an axis, as its algorithm says.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Time">The exponent of time.</param>
/// <param name="Memory">The exponent of peak memory, data included.</param>
/// <param name="Why">What is behind the exponent of time, in a few words.</param>
internal sealed record ExpectedGrowth(ScaleAxis Axis, double Time, double Memory, string Why);

/// <summary>A work of the engine that is measured at many sizes.</summary>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Data">What its rows are.</param>
/// <param name="DefaultRows">The rows, or stays, while something else grows.</param>
/// <param name="Prepare">Makes its rows; what it runs and checks is that of <c>compare</c>.</param>
internal sealed record ScaleWork(string Name, string Data, int DefaultRows, Func<ScaleSize, ScaleData, WorkContext, PreparedWork> Prepare)
{
    /// <summary>Gets the axes along which it is measured, and how it grows at most.</summary>
    public required IReadOnlyList<ExpectedGrowth> Growth { get; init; }

    /// <summary>Gets the bytes that its data and results need while they are made, at the most.</summary>
    public required Func<ScaleSize, double> NeededBytes { get; init; }

    /// <summary>Gets whether its rows are in memory, all of them, and count; false where it makes some at a time.</summary>
    public bool HoldsRows { get; init; } = true;

    /// <summary>Returns the growth along an axis; null where it is not measured along it.</summary>
    public ExpectedGrowth? Along(ScaleAxis axis) => Growth.FirstOrDefault(growth => growth.Axis == axis);
}
