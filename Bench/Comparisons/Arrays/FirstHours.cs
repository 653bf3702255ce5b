using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>The first 48 hours of stays, 76 columns an hour, as one row of 3,648 values a stay.</summary>
/// <param name="source">Where the stays come from.</param>
internal sealed class FirstHours(CohortSource source) : IArraySource
{
    /// <summary>The hours of a row.</summary>
    public const int HourCount = 48;

    /// <summary>About half of them last 48 hours; more at a time would need gigabytes.</summary>
    private const int StaysAtATime = 20_000;

    /// <inheritdoc/>
    public string Description => $"{CohortSourceName.Of(source)} stays, {HourCount} hours in a row";

    /// <inheritdoc/>
    public CaseArrays Make(ArraySize size, CohortShelf shelf, CancellationToken cancellation) =>
        source == CohortSource.Simulated ? Simulate(size, shelf, cancellation) : Read(size, shelf, cancellation);

    private static CaseArrays Simulate(ArraySize size, CohortShelf shelf, CancellationToken cancellation)
    {
        CaseArrays? arrays = null;
        var filled = 0;
        var needed = size.Rows + size.Queries;
        for (var seed = CohortShelf.Seed; filled < needed; seed++)
        {
            // Stays are drawn one like the other: the first ones are as random as any.
            var episodes = shelf.SimulateStays(seed, Math.Min(StaysAtATime, needed), cancellation).Episodes!;
            arrays ??= Create(size, episodes);
            for (var stay = 0; stay < episodes.StayCount && filled < needed; stay++)
            {
                if (episodes.HoursOf(stay) >= HourCount)
                    Flatten(episodes, stay, RowOf(arrays, filled++));
            }
        }

        return arrays!;
    }

    private static CaseArrays Read(ArraySize size, CohortShelf shelf, CancellationToken cancellation)
    {
        var episodes = shelf.Get(CohortSource.PhysioNet2012, cancellation).Episodes!;
        var arrays = Create(size, episodes);
        var (reference, queries) = RandomRows.Draw(episodes.StayCount, size);
        var row = 0;
        foreach (var stay in reference.Concat(queries))
            Flatten(episodes, stay, RowOf(arrays, row++));
        return arrays;
    }

    private static CaseArrays Create(ArraySize size, EpisodeStore episodes)
    {
        var featureCount = HourCount * episodes.Hours.FeatureCount;
        return new CaseArrays(SampleMatrix.Create(size.Rows, featureCount), SampleMatrix.Create(size.Queries, featureCount));
    }

    /// <summary>Rows of the reference come first, then queries.</summary>
    private static Span<float> RowOf(CaseArrays arrays, int row) =>
        row < arrays.Reference.RowCount ? arrays.Reference.GetWritableRow(row) : arrays.Queries.GetWritableRow(row - arrays.Reference.RowCount);

    /// <summary>Writes the first hours of a stay that lasts long enough.</summary>
    public static void Flatten(EpisodeStore episodes, int stay, Span<float> destination)
    {
        var width = episodes.Hours.FeatureCount;
        for (var hour = 0; hour < HourCount; hour++)
            episodes.Hours.CopyRow(episodes.RowOf(stay, hour), destination[(hour * width)..]);
    }
}
