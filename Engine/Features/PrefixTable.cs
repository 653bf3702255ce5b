using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Features;

/// <summary>Writes the features of many prefixes of many stays into the rows of a matrix.</summary>
/// <remarks>
/// <para><b>Determinism</b>: a row depends on its own prefix only; the same bits for any number of threads and SIMD level.</para>
/// <para><b>Cost</b>: every stay is read once, whatever the order of the prefixes; each thread holds one stay. 16 bytes a prefix, 8 once they are ordered, and up to 24 a stay.</para>
/// </remarks>
public static class PrefixTable
{
    /// <summary>Computes the features of prefixes, in parallel over stays.</summary>
    /// <param name="stays">The stays.</param>
    /// <param name="prefixes">One prefix a row, in any order; of a stay's first hours.</param>
    /// <param name="destination">At least one row a prefix, 42 columns a channel, with memory of its own; rows beyond are left alone.</param>
    /// <param name="options">Skewness of constants and use of the machine; the defaults when null.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has too few rows, or another number of columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A prefix is of no stay of the source, or of negative length.</exception>
    /// <exception cref="Exception">What the source or the progress threw; the first, where several threads met an error.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped; some rows are written.</exception>
    public static void Write(IStaySource stays, ReadOnlySpan<PrefixSample> prefixes, SampleMatrix destination, PrefixFeatureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stays);
        ArgumentNullException.ThrowIfNull(destination);
        options ??= PrefixFeatureOptions.Default;
        if (destination.FeatureCount != PrefixFeatures.CountFor(stays.ChannelCount))
            Throw.Argument_FeatureCountsDiffer(nameof(destination), destination.FeatureCount, nameof(stays), PrefixFeatures.CountFor(stays.ChannelCount));
        if (destination.RowCount < prefixes.Length)
            Throw.Argument_Invalid(nameof(destination), $"destination has {destination.RowCount:N0} rows where there are {prefixes.Length:N0} prefixes; create one row a prefix.");
        var order = new PrefixOrder(stays.StayCount, prefixes);
        var progress = new RowProgress(options.Compute.Progress);
        ParallelLoop.For(
            0,
            order.StayCount,
            options.Compute.ToParallelOptions(),
            () => new Worker(stays, destination, options),
            (place, _, worker) =>
            {
                worker.Write(order, place);
                progress.Add(order.RowsOf(place).Length);
                return worker;
            },
            static _ => { });
    }

    private sealed class Worker(IStaySource stays, SampleMatrix destination, PrefixFeatureOptions options)
    {
        private readonly StayMeasurements _stay = new(stays.ChannelCount);
        private readonly PrefixWalk _walk = new(stays.ChannelCount, options);

        public void Write(PrefixOrder order, int place)
        {
            _stay.Clear();
            stays.Read(order.StayAt(place), _stay);
            _walk.Begin(_stay);
            var rows = order.RowsOf(place);
            var hours = order.HoursOf(place);
            for (var i = 0; i < rows.Length; i++)
                _walk.Write(hours[i], destination.GetWritableRow(rows[i]));
        }
    }

    private sealed class RowProgress(IProgress<long>? progress)
    {
        private readonly Lock _lock = new();
        private long _done;

        public void Add(int rowCount)
        {
            if (progress is null)
                return;
            // Within the lock, so that progress never runs backwards.
            lock (_lock)
            {
                _done += rowCount;
                progress.Report(_done);
            }
        }
    }
}
