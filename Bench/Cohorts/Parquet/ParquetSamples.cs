using Engine.Data;

namespace Bench.Cohorts.Parquet;

/// <summary>Reads columns of a Parquet file into the rows of a matrix.</summary>
public static class ParquetSamples
{
    /// <summary>Reads numbers, whole numbers and truth values, rounded to float32.</summary>
    /// <param name="file">The file.</param>
    /// <param name="columns">The columns, in the order that they are to have; all of the file when null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One row a row of the file; NaN where a value is null.</returns>
    /// <exception cref="CohortFormatException">The file is missing or damaged, has no such column or too many, or a column holds something else.</exception>
    /// <exception cref="InsufficientMemoryException">The rows do not fit into memory.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    /// <remarks><b>Cost</b>: of each column 16,384 values are in memory beside the matrix; columns that are not named are not read.</remarks>
    public static SampleMatrix Read(string file, IReadOnlyList<string>? columns = null, CancellationToken cancellation = default)
    {
        using var input = ParquetInput.Open(file);
        var places = (columns ?? input.Names).Select(input.Find).ToArray();
        if (places.Length is < 1 or > SampleMatrix.MaxFeatureCount)
            throw new CohortFormatException(file, 0, "", "", $"{places.Length:N0} columns are to be read; allowed are 1 to {SampleMatrix.MaxFeatureCount:N0}.");
        MemoryNeed.Require((double)input.RowCount * places.Length * sizeof(float), $"{places.Length:N0} columns of {input.RowCount:N0} rows");
        var samples = SampleMatrix.Create(input.RowCount, places.Length);
        while (input.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            if (input.Row == samples.RowCount)
                throw new CohortFormatException(file, 0, "", "", $"the row groups have more than the {samples.RowCount:N0} rows that the file says it has.");
            var row = samples.GetWritableRow(input.Row);
            for (var column = 0; column < places.Length; column++)
                row[column] = (float)input.Number(places[column]);
        }

        return input.Row == samples.RowCount ? samples : throw new CohortFormatException(file, 0, "", "", $"the row groups have {input.Row:N0} rows where the file says that it has {samples.RowCount:N0}.");
    }
}
