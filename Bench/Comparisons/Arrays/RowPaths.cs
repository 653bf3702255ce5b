using Engine.Data;
using Engine.Numerics;

namespace Bench.Comparisons.Arrays;

/// <summary>The same rows on the paths that users take: wrapped, chosen, scaled, mapped, beside padded rows in own memory.</summary>
/// <remarks>
/// The values are those of a source after standardizing. Chosen rows are, in order, about four in five of a table; what lies between them are other rows of it.
/// </remarks>
internal sealed class RowPaths : IDisposable
{
    /// <summary>The names of the paths.</summary>
    public const string Wrapped = "wrapped", Selected = "selected", Scaled = "scaled", WrappedScaledSelected = "wrapped, scaled, selected", Mapped = "mapped";

    private const double ChosenShare = 0.8;
    private const ulong ChoiceStream = 6;

    private readonly SampleMatrix _mapped;
    private readonly string _file;

    /// <summary>Lays rows on every path.</summary>
    /// <param name="source">Rows in memory of their own.</param>
    /// <param name="folder">Where a file of the rows can lie as long as they are used.</param>
    public RowPaths(SampleMatrix source, string folder)
    {
        Scaler = FeatureScaler.Fit(source);
        var (table, chosen) = Among(source);
        Own = Scaler.Transform(source).Copy();
        _file = Path.Combine(folder, $"{Guid.NewGuid():N}.npy");
        NpyFile.Write(_file, Own);
        _mapped = SampleMatrix.Map(_file);
        All =
        [
            (Wrapped, Wrap(Own)),
            (Selected, Scaler.Transform(table).Copy().SelectRows(chosen)),
            (Scaled, Scaler.Transform(source)),
            (WrappedScaledSelected, Scaler.Transform(Wrap(table)).SelectRows(chosen)),
            (Mapped, _mapped),
        ];
    }

    /// <summary>Gets what standardizes the source.</summary>
    public FeatureScaler Scaler { get; }

    /// <summary>Gets the rows in memory of their own.</summary>
    public SampleMatrix Own { get; }

    /// <summary>Gets the same rows on the other paths.</summary>
    public IReadOnlyList<(string Name, SampleMatrix Rows)> All { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mapped.Dispose();
        File.Delete(_file);
    }

    /// <summary>Puts rows among others.</summary>
    /// <returns>A table, and where the rows are in it.</returns>
    private static (SampleMatrix Table, long[] Chosen) Among(SampleMatrix source)
    {
        var (random, rows, chosen) = (new RandomStream(CohortShelf.Seed, ChoiceStream), new List<long>(), new List<long>());
        while (chosen.Count < source.RowCount)
        {
            var isChosen = random.UniformDouble((ulong)rows.Count) < ChosenShare;
            if (isChosen)
                chosen.Add(rows.Count);
            rows.Add(isChosen ? chosen.Count - 1 : source.RowCount - 1 - chosen.Count);
        }

        return (source.SelectRows(rows.ToArray()).Copy(), [.. chosen]);
    }

    private static SampleMatrix Wrap(SampleMatrix rows)
    {
        var values = new float[rows.RowCount * rows.FeatureCount];
        rows.CopyRows(0, (int)rows.RowCount, values);
        return SampleMatrix.Wrap(values, (int)rows.RowCount, rows.FeatureCount);
    }
}
