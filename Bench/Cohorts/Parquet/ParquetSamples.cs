using Engine.Data;

namespace Bench.Cohorts.Parquet;

/// <summary>Reads columns of a Parquet file into the rows of a matrix.</summary>
public static class ParquetSamples
{
    /// <summary>The values that are read at a time, 4 MB.</summary>
    private const int ValuesAtOnce = 1 << 20;

    /// <summary>Reads numbers, whole numbers and truth values, rounded to float32.</summary>
    /// <param name="file">The file.</param>
    /// <param name="columns">The columns, in the order that they are to have; all of the file when null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One row a row of the file; NaN where a value is null.</returns>
    /// <exception cref="CohortFormatException">The file is missing or damaged, has no such column or too many, or a column holds something else.</exception>
    /// <exception cref="InsufficientMemoryException">The rows do not fit into memory; <see cref="Map"/> needs none for them.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    /// <remarks><b>Cost</b>: of each column 16,384 values are in memory beside the matrix; columns that are not named are not read.</remarks>
    public static SampleMatrix Read(string file, IReadOnlyList<string>? columns = null, CancellationToken cancellation = default)
    {
        using var input = ParquetInput.Open(file);
        var places = PlacesOf(input, columns);
        MemoryNeed.Require((double)input.RowCount * places.Length * sizeof(float), $"{places.Length:N0} columns of {input.RowCount:N0} rows");
        var (samples, next) = (SampleMatrix.Create(input.RowCount, places.Length), 0L);
        ReadRows(
            input,
            places,
            rows =>
            {
                for (; rows.Length > 0; rows = rows[places.Length..])
                    rows[..places.Length].CopyTo(samples.GetWritableRow(next++));
            },
            cancellation);
        return samples;
    }

    /// <summary>Reads the same into a file beside the Parquet file, from which rows are read on demand: of a table that is larger than memory, every pass then reads what it would of a .npy file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="columns">The columns, as for <see cref="Read"/>.</param>
    /// <param name="folder">A folder with room for 4 bytes a value, not in memory; that of <paramref name="file"/> when null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One row a row of the file; dispose it to give back the room.</returns>
    /// <exception cref="CohortFormatException">As for <see cref="Read"/>.</exception>
    /// <exception cref="IOException">There is no room in the folder, or it may not be written to.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    /// <remarks>Nothing is left in the folder, also when the process is killed: the file loses its name while it is mapped.</remarks>
    public static SampleMatrix Map(string file, IReadOnlyList<string>? columns = null, string? folder = null, CancellationToken cancellation = default)
    {
        using var input = ParquetInput.Open(file);
        var places = PlacesOf(input, columns);
        var path = Path.Combine(folder ?? Path.GetDirectoryName(Path.GetFullPath(file))!, $"{Path.GetFileName(file)}.{Path.GetRandomFileName()}.npy");
        using (var writer = new NpyWriter(path, input.RowCount, places.Length))
        {
            ReadRows(input, places, writer.Write, cancellation);
            writer.Complete();
        }

        try
        {
            return SampleMatrix.Map(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int[] PlacesOf(ParquetInput input, IReadOnlyList<string>? columns)
    {
        var places = (columns ?? input.Names).Select(input.Find).ToArray();
        return places.Length is >= 1 and <= SampleMatrix.MaxFeatureCount
            ? places
            : throw new CohortFormatException(input.File, 0, "", "", $"{places.Length:N0} columns are to be read; allowed are 1 to {SampleMatrix.MaxFeatureCount:N0}.");
    }

    /// <summary>Hands on all rows of a file, some of them at a time, one after the other without padding.</summary>
    private static void ReadRows(ParquetInput input, int[] columns, Action<ReadOnlySpan<float>> take, CancellationToken cancellation)
    {
        var (buffer, rowCount) = (new float[Math.Max(1, ValuesAtOnce / columns.Length) * columns.Length], 0L);
        while (input.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var count = input.Numbers(columns, buffer);
            rowCount += count;
            if (rowCount > input.RowCount)
                throw new CohortFormatException(input.File, 0, "", "", $"the row groups have more than the {input.RowCount:N0} rows that the file says it has.");
            take(buffer.AsSpan(0, count * columns.Length));
        }

        if (rowCount < input.RowCount)
            throw new CohortFormatException(input.File, 0, "", "", $"the row groups have {rowCount:N0} rows where the file says that it has {input.RowCount:N0}.");
    }
}
