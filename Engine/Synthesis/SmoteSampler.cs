using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Engine.Synthesis;

/// <summary>Makes rows on the lines between a row it is shown and its nearest others, as SMOTE makes rows of a minority class: here the class is the group.</summary>
/// <remarks>
/// <para><b>Computes</b>: the rows are encoded (<see cref="TableEncoding"/>, outcomes as masks), missing numbers become the median, and numbers are divided by their deviation; base row,
/// neighbor and factor are drawn as <see cref="Smote"/> draws them with random bases, distances are those of <see cref="SmoteNominal"/>, and so are categories, masks and
/// outcomes: they come whole from the nearer parent. An outcome then goes with the features nearest to it, and no vote makes a rare one rarer. Numbers are made from the rows as they are;
/// one is missing where the nearer parent's is, and whole ones are rounded.</para>
/// <para>Where every row made must have two parents of one class, and the class is the only outcome, <see cref="GroupBalance"/> does that.</para>
/// <para><b>Determinism</b>: row i depends on the rows shown, the seed and i alone; the same bits on every machine and for any number of threads.</para>
/// <para><b>Source</b>: Smolyak et al. 2024, section 2.4, "the minority group is up-sampled to the size of the majority group"; how outcomes are made is not said there.</para>
/// </remarks>
public sealed record SmoteSampler : IRowGenerator
{
    private const ulong StreamFamily = 0x534D_5247_0000_0000;

    /// <inheritdoc/>
    public string Name => "SMOTE";

    /// <summary>Gets k, the number of neighbors, 1 or more; default 5. The examples need more rows than that.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets how the search may use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="NeighborCount"/> or the number of rows is outside its range.</exception>
    public Task<GeneratedRows> GenerateAsync(GenerationRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.Run(() => Generate(request, cancellation), cancellation);
    }

    private GeneratedRows Generate(GenerationRequest request, CancellationToken cancellation)
    {
        GeneratedTable.Check(request);
        if (NeighborCount < 1)
            Throw.ArgumentOutOfRange(nameof(NeighborCount), NeighborCount, "1 or more");
        var examples = request.Examples;
        if (examples.RowCount <= NeighborCount)
            Throw.Argument_Invalid(nameof(GenerationRequest.Examples), $"the examples have {examples.RowCount:N0} rows; k = {NeighborCount} needs at least {NeighborCount + 1:N0}; lower NeighborCount or show more rows.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Compute.CancellationToken);
        var compute = Compute with { CancellationToken = stop.Token };

        var encoding = TableEncoding.OfAll(examples.Schema);
        var encoded = encoding.Encode(examples, stop.Token);
        var scaler = FeatureScaler.Fit(encoded, stop.Token);
        var scaled = scaler.Only([.. encoding.Numbers]).Transform(encoded).Copy();
        using var search = NearestNeighbors.Build(scaled, Metric.SquaredL2, new() { FeatureWeights = NominalWeights.Of(encoding.ColumnSchema, scaled), Compute = compute });
        var neighbors = search.SearchSelf(NeighborCount, compute).Indices.ToArray();

        var draws = new SegmentDraws(request.Seed, StreamFamily);
        var rows = Enumerable.Range(0, (int)examples.RowCount).Select(static row => (long)row).ToArray();
        var bases = BaseDraws.Draw(draws.Bases, rows.Length, request.RowCount, BaseSelection.Random);
        var plan = ResamplingPlan.Extend(rows.Length, draws.Draw(bases, rows, neighbors, compute), label: 1, encoding.ColumnSchema);
        Impute(encoded, scaler);
        var made = encoding.Decode(plan.SyntheticRows(encoded, compute), stop.Token);
        return new GeneratedRows(made, new GenerationReport { RequestedCount = request.RowCount, MadeCount = request.RowCount });
    }

    private static void Impute(SampleMatrix encoded, FeatureScaler scaler)
    {
        for (var row = 0L; row < encoded.RowCount; row++)
        {
            var values = encoded.GetWritableRow(row);
            for (var column = 0; column < values.Length; column++)
            {
                if (float.IsNaN(values[column]))
                    values[column] = (float)scaler.FillValueOf(column);
            }
        }
    }
}
