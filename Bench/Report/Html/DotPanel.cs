namespace Bench.Report.Html;

/// <summary>What a <see cref="DotPlot"/> shows.</summary>
internal sealed record DotPanel
{
    /// <summary>Gets what is shown, such as a metric.</summary>
    public required string Title { get; init; }

    /// <summary>Gets the values: rows x series.</summary>
    public required IReadOnlyList<IReadOnlyList<DotValue>> Values { get; init; }

    /// <summary>Gets the value at the left end of the axis; 0 unless set.</summary>
    public double Least { get; init; }

    /// <summary>Gets the value at the right end; 1 unless set.</summary>
    public double Most { get; init; } = 1;

    /// <summary>Gets the labeled places of the axis.</summary>
    public IReadOnlyList<(double At, string Text)> Ticks { get; init; } = [(0, "0"), (.25, ".25"), (.5, ".5"), (.75, ".75"), (1, "1")];

    /// <summary>Gets how a value is written at the end of its row.</summary>
    public Func<double, string> Text { get; init; } = static value => ValueText.Of(value);

    /// <summary>Gets what knowing nothing gives, as a dashed line; null for none.</summary>
    public double? Reference { get; init; }
}
