using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Synthesis;

/// <summary>Makes rows with the distributions of the columns it is shown and the way they go together, by a Gaussian copula; "copula" in tables and reports.</summary>
/// <remarks>
/// <para><b>Computes</b>: every column is a function of one or more standard normal variables that no row shows: a number of one, through its own quantiles, with the numbers between
/// those seen; whether a value is missing, which of two values and which of several levels it is, each by a variable and a bound. The correlations of these variables are those under
/// which the classes that rows show of them go together as they do, chance allowed for. A row made is a draw of the variables. Rows are legal under the schema: no value
/// lies outside the range seen, no level was not seen, and nothing is missing where nothing was.</para>
/// <para>It keeps what pairs of columns say and nothing of what only three or more say together; of a handful of rows it keeps the distributions, and few correlations.</para>
/// <para><b>Determinism</b>: that of <see cref="GaussianCopula"/>.</para>
/// <para><b>Cost</b>: p log n a row to learn and p² / 2 multiplications, p² / 2 more to draw one, p being the number of latent variables; three times the memory of the examples.</para>
/// <para><b>Source</b>: Cario, Nelson 1997 for normal variables behind given distributions; docs/numerics.md has the formulas.</para>
/// </remarks>
public sealed record GaussianCopulaSampler : IRowGenerator
{
    /// <inheritdoc/>
    public string Name => "copula";

    /// <summary>Gets the outcome whose positive and negative rows are learned apart; null, the default, for one copula in which outcomes are columns like others.</summary>
    /// <remarks>Apart, everything about the rows may depend on the outcome, ranges, levels and correlations too; but each stratum has the fewer rows to learn from, and needs two.</remarks>
    public string? Outcome { get; init; }

    /// <summary>Gets the probability that a row made has the <see cref="Outcome"/>, 0 to 1; null, the default, for the share among the examples.</summary>
    public double? PositiveRate { get; init; }

    /// <summary>Gets how learning and drawing may use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="PositiveRate"/> or the number of rows is outside its range.</exception>
    public Task<GeneratedRows> GenerateAsync(GenerationRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.Run(() => Generate(request, cancellation), cancellation);
    }

    /// <summary>Learns rows.</summary>
    /// <param name="examples">Two rows or more; with an <see cref="Outcome"/>, two or more of each value of it that is to be drawn.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The copula, from which any number of rows can be drawn.</returns>
    /// <exception cref="ArgumentException">There are too few rows, a value is not legal under the schema, <see cref="Outcome"/> is no outcome of it or missing in a row.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="PositiveRate"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public GaussianCopula Fit(SchemaTable examples, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (PositiveRate is { } rate && !(rate is >= 0 and <= 1))
            Throw.ArgumentOutOfRange(nameof(PositiveRate), rate, "0 to 1, or null for the share among the examples");
        if (PositiveRate is not null && Outcome is null)
            Throw.Argument_Invalid(nameof(PositiveRate), $"PositiveRate is {PositiveRate} and Outcome is null; name the outcome that is to be so frequent.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Compute.CancellationToken);
        var options = Compute.ToParallelOptions();
        options.CancellationToken = stop.Token;
        return GaussianCopula.Fit(examples, Outcome, PositiveRate, options);
    }

    private GeneratedRows Generate(GenerationRequest request, CancellationToken cancellation)
    {
        GeneratedTable.Check(request);
        var drawn = Fit(request.Examples, cancellation).Draw(request.RowCount, request.Seed);
        return GeneratedTable.Read(drawn.Schema, drawn.Rows, Compute, cancellation);
    }
}
