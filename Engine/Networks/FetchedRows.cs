using Engine.Data;

namespace Engine.Networks;

/// <summary>Rows of a table as a network reads them: where they lie, or, of a table of several ranks, copies of those that it needs next.</summary>
/// <remarks>
/// <para><b>Ranks</b>: batches are drawn from the whole table, so that the rows of one lie with all ranks. Which rows come next is known to all, and those of many batches are sent at once: a network is waited for some times an epoch, not in every step.</para>
/// <para><b>Cost</b>: 16 MiB of rows, or one batch where it is larger; each row once, however often those batches use it.</para>
/// </remarks>
/// <param name="table">The table.</param>
internal sealed class FetchedRows(SampleMatrix table)
{
    /// <summary>The values from which on no further batch is fetched.</summary>
    private const long ValuesAtOnce = 1 << 22;

    // Of a table of several ranks: which rows were fetched, rising, and they.
    private long[] _fetched = [];
    private SampleMatrix? _copies;

    /// <summary>Gets the rows that can be read.</summary>
    public SampleMatrix Rows => _copies ?? table;

    /// <summary>Gets whether rows must be fetched before they are read.</summary>
    public bool AreFetched => table.IsSpread;

    /// <summary>Returns the place among <see cref="Rows"/> of a row of the table; rows that follow each other there, and were fetched together, do here.</summary>
    public long PlaceOf(long row) => AreFetched ? Array.BinarySearch(_fetched, row) : row;

    /// <summary>Fetches rows in place of those that were fetched before; every rank fetches the same.</summary>
    /// <param name="rows">The rows, in any order; one may occur more than once.</param>
    public void Fetch(IEnumerable<long> rows)
    {
        long[] sorted = [.. rows];
        Array.Sort(sorted);
        var count = 0;
        foreach (var row in sorted)
        {
            if (count == 0 || row != sorted[count - 1])
                sorted[count++] = row;
        }

        _fetched = sorted[..count];
        _copies = table.SelectRows(_fetched);
    }

    /// <summary>Fetches the rows of some batches.</summary>
    /// <param name="batches">All batches.</param>
    /// <param name="step">The first of them.</param>
    /// <param name="endStep">The step before which to end.</param>
    /// <param name="rowsOf">The rows of the table that a sample needs, from the first on; none where it needs others.</param>
    /// <returns>The step after the last whose rows are here.</returns>
    public long Fetch(BatchOrder batches, long step, long endStep, Func<BatchSample, (long FirstRow, int RowCount)> rowsOf)
    {
        if (!AreFetched)
            return endStep;
        var rows = new List<long>();
        do
        {
            foreach (var sample in batches[step])
            {
                var (first, count) = rowsOf(sample);
                for (var row = first; row < first + count; row++)
                    rows.Add(row);
            }

            step++;
        }
        while (step < endStep && (long)rows.Count * table.FeatureCount < ValuesAtOnce);
        Fetch(rows);
        return step;
    }
}
