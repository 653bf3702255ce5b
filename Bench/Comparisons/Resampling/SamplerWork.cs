using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling;

/// <summary>A method on some rows: it plans, searches included, then makes the planned rows block by block into memory that is used again.</summary>
/// <param name="rows">What is resampled.</param>
/// <param name="method">How.</param>
internal sealed class SamplerWork(LabeledSamples rows, SamplerMethod method) : PreparedWork
{
    /// <summary>The names of the facts of a case.</summary>
    public const string MinorityRows = "minorityRows", ResampledRows = "resampledRows", MadeRows = "madeRows";

    private const int WarmUpMinorityRows = 400;
    private const int WarmUpMajorityRows = 1_600;

    /// <summary>Made rows that a thread holds at a time.</summary>
    private const int RowsAtATime = SampleMatrix.RowsPerBlock;

    /// <summary>Values read and values written for one value of a made row.</summary>
    private const int ValuesPerMadeValue = 3;

    private ResamplingPlan? _plan;

    /// <inheritdoc/>
    public override long RowCount => rows.Rows.RowCount;

    /// <inheritdoc/>
    public override int FeatureCount => rows.Rows.FeatureCount;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, long> Facts
    {
        get
        {
            var facts = new Dictionary<string, long> { [MinorityRows] = Math.Min(rows.Labels.PositiveCount, rows.Labels.NegativeCount) };
            if (_plan is not null)
                (facts[ResampledRows], facts[MadeRows]) = (_plan.TotalRowCount, _plan.Synthetic.Length);
            return facts;
        }
    }

    /// <inheritdoc/>
    public override PreparedWork MakeSmall(WorkContext context) =>
        new SamplerWork(rows.CopyOf([.. rows.MinorityRows.Take(WarmUpMinorityRows).Concat(rows.MajorityRows.Take(WarmUpMajorityRows)).Order()]), method);

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock)
    {
        _plan = method.Of(rows).Plan(rows, context.Compute);
        clock.Split();
        if (_plan.Synthetic.Length == 0)
        {
            clock.Skip();
            return;
        }

        Make(_plan.SyntheticRows(rows.Rows), context);
        clock.Split();
    }

    /// <inheritdoc/>
    public override IEnumerable<CheckResult> Check(WorkContext context) => method.Checks.Select(check => check(rows, _plan!, context.Cancellation));

    /// <inheritdoc/>
    public override IReadOnlyList<RateUnderRoof> RatesAt(double[] seconds, WorkContext context)
    {
        if (_plan!.Synthetic.Length == 0)
            return [];
        var bytes = (double)_plan.Synthetic.Length * FeatureCount * sizeof(float) * ValuesPerMadeValue;
        return [new RateUnderRoof(RoofName.MemoryBandwidth, bytes / seconds[1], MemoryBandwidth.Measure(context.Threads), "GB/s")];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> WriteTask(string folder)
    {
        NpyFile.Write(Path.Combine(folder, "samples.npy"), rows.Rows);
        NpyFile.Write(Path.Combine(folder, "labels.npy"), rows.Labels.Values);
        return ["sample", method.Name];
    }

    /// <inheritdoc/>
    public override Agreement Compare(string rival, string answer, WorkContext context) =>
        new([method.RivalCheck!(rows, _plan!, NpyFile.Read<long>(answer).Values, context.Cancellation)]);

    /// <summary>Makes every row, in memory of each thread that the next rows are made in too.</summary>
    private static void Make(SampleMatrix made, WorkContext context) => Parallel.For(
        0L,
        made.BlockCount,
        context.Parallel,
        () => new float[RowsAtATime * made.FeatureCount],
        (block, _, buffer) =>
        {
            var first = block * RowsAtATime;
            made.CopyRows(first, (int)Math.Min(RowsAtATime, made.RowCount - first), buffer);
            return buffer;
        },
        static _ => { });
}
