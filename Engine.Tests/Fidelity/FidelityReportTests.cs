using Engine.Compute;
using Engine.Data;
using Engine.Fidelity;
using Engine.Tests.Support;

namespace Engine.Tests.Fidelity;

public sealed class FidelityReportTests
{
    /// <summary>Every number of a report on fixed tables, at every SIMD level and for any number of threads.</summary>
    private const string ReportDigest = "08FF72647DA3EFF7";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Compute_AnyThreadCountAndSimdLevel_SameBits(int threads)
    {
        var report = Compute(new ComputeOptions { MaxDegreeOfParallelism = threads });
        using var digest = new Digest();
        foreach (var value in NumbersOf(report))
            digest.Add<double>([value]);
        Assert.Equal(ReportDigest, digest.ToString());
    }

    [Fact]
    public void Compute_RowsOfTheSamePopulation_LookReal()
    {
        var report = Compute(ComputeOptions.Default);
        Assert.Equal((900L, 700L, 600L), (report.RealCount, report.SyntheticCount, report.HoldoutCount));
        Assert.All(report.Columns, column => Assert.InRange((column.KsComplement.Value ?? column.TvComplement.Value)!.Value, .9, 1));
        Assert.InRange(report.Correlations.MeanAbsoluteDifference.Value!.Value, 0, .08);
        Assert.InRange(report.Contingency.Similarity.Value!.Value, .85, 1);
        Assert.InRange(report.Detection!.Auroc, .4, .6);
        Assert.InRange(report.Detection.PmseRatio.Value!.Value, 0, 3);
        Assert.InRange(report.Support!.PrecisionScore, .9, 1);
        Assert.InRange(report.ClosestRecords!.MedianRatio.Value!.Value, .9, 1.1);
        // The chance is 900 / 1,500.
        Assert.Equal(.6, report.ClosestRecords.ExpectedShare!.Value, 12);
        Assert.InRange(report.ClosestRecords.ExpectedShare.Value, report.ClosestRecords.NearerToTraining!.Lower - .02, report.ClosestRecords.NearerToTraining.Upper + .02);
        Assert.InRange(report.Matches.Identical.Share, 0, .01);
        Assert.InRange(report.Attack!.Auroc!.Value.Lower, 0, .5);
        Assert.InRange(report.Attack.Auroc.Value.Upper, .5, 1);
        Assert.Equal(["White", "Black", "Asian"], report.Groups.Select(group => group.Group).Order(StringComparer.Ordinal).Reverse().Order(Comparer<string>.Create((x, y) => Rank(x) - Rank(y))));
        Assert.NotNull(report.Membership);
        Assert.NotNull(report.Density);

        static int Rank(string race) => race switch { "White" => 0, "Black" => 1, _ => 2 };
    }

    [Fact]
    public void Compute_CopiesOfRealRows_LookCopied()
    {
        var real = FidelityTables.Make(400, 1);
        var holdout = FidelityTables.Make(400, 3);
        var report = FidelityReport.Compute(real, real.SelectRows(Rows(0, 300)), new FidelityOptions { Holdout = holdout, AttackCount = 200 });
        Assert.All(report.Columns, column => Assert.InRange(column.BoundaryAdherence.Value ?? 1, 1, 1));
        Assert.Equal(1, report.Matches.Identical.Share);
        Assert.Equal(300, report.ClosestRecords!.Synthetic.ZeroCount);
        Assert.Equal(0, report.ClosestRecords.Synthetic.Maximum);
        Assert.Equal(1, report.ClosestRecords.NearerToTraining!.Share);
        Assert.InRange(report.Attack!.Auroc!.Value.Auroc, .8, 1);
        Assert.InRange(report.UnivariateSinglingOut.Residual!.Value.Lower, .2, 1);
        Assert.InRange(report.MultivariateSinglingOut!.Residual!.Value.Lower, .2, 1);
    }

    [Fact]
    public void Compute_ShiftedRows_AreTold()
    {
        var report = FidelityReport.Compute(FidelityTables.Make(600, 1), FidelityTables.Make(600, 2, shift: 2), new FidelityOptions { AttackCount = 50 });
        Assert.InRange(report.Columns[0].KsComplement.Value!.Value, 0, .6);
        Assert.InRange(report.Detection!.Auroc, .8, 1);
        Assert.InRange(report.Detection.Score, 0, .4);
        Assert.InRange(report.Detection.PmseRatio.Value!.Value, 10, 1000);
        Assert.InRange(report.Support!.PrecisionScore, 0, .8);
        Assert.Null(report.Attack);
        Assert.Null(report.ClosestRecords!.NearerToTraining);
    }

    [Fact]
    public void Compute_RowLimit_DrawsSoManyOfEveryTable()
    {
        var (real, synthetic) = (FidelityTables.Make(300, 1), FidelityTables.Make(200, 2));
        var options = new FidelityOptions { RowLimit = 120, Holdout = FidelityTables.Make(90, 3), Groups = FidelityTables.Races(real), AttackCount = 20 };
        var report = FidelityReport.Compute(real, synthetic, options);
        Assert.Equal((120L, 120L, 90L), (report.RealCount, report.SyntheticCount, report.HoldoutCount));
        Assert.Equal(120, report.Groups.Sum(group => group.Real!.Count));
        Assert.Equal(120, report.ClosestRecords!.Synthetic.Count);
    }

    [Fact]
    public void Compute_OneRowEach_SaysWhatCannotBeJudged()
    {
        var report = FidelityReport.Compute(FidelityTables.Make(1, 1), FidelityTables.Make(1, 2));
        Assert.Null(report.Detection);
        Assert.Null(report.Support);
        Assert.Null(report.ClosestRecords);
        Assert.Null(report.Membership);
        Assert.Equal("the real column is constant", report.Columns[0].RangeCoverage.Reason);
        Assert.Equal("no pair of columns varies in both tables", report.Correlations.Similarity.Reason);
    }

    [Fact]
    public void Compute_WrongInput_SaysWhatIsWrong()
    {
        var (real, synthetic) = (FidelityTables.Make(20, 1), FidelityTables.Make(20, 2));
        var other = new TableSchema([.. FidelityTables.Schema.Columns.Select(column => column.Name == "sbp" ? column with { Kind = ColumnKind.Integer } : column)]);
        Assert.Contains("'sbp', Integer", Fails(() => FidelityReport.Compute(real, new SchemaTable(other, synthetic.Rows))), StringComparison.Ordinal);
        Assert.Contains("0 rows", Fails(() => FidelityReport.Compute(real, synthetic.SelectRows(Rows(0, 0)))), StringComparison.Ordinal);
        Assert.Contains("19", Fails(() => FidelityReport.Compute(real, synthetic, new() { Groups = FidelityTables.Races(real.SelectRows(Rows(0, 19))) })), StringComparison.Ordinal);
        Assert.Contains("set Groups", Fails(() => FidelityReport.Compute(real, synthetic, new() { MinorityGroup = "Black" })), StringComparison.Ordinal);
        Assert.Contains("RowLimit is 1", Fails(() => FidelityReport.Compute(real, synthetic, new() { RowLimit = 1 })), StringComparison.Ordinal);
        Assert.Contains("FoldCount is 1", Fails(() => FidelityReport.Compute(real, synthetic, new() { FoldCount = 1 })), StringComparison.Ordinal);
        Assert.Contains("attackCount is 0", Fails(() => FidelityReport.Compute(real, synthetic, new() { AttackCount = 0 })), StringComparison.Ordinal);
        Assert.Contains("'weight'", Fails(() => FidelityReport.Compute(real, synthetic, new() { DensityColumns = ("weight", "sbp") })), StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => FidelityReport.Compute(
            real, synthetic, new() { Groups = FidelityTables.Races(real), MinorityGroup = "Martian", MajorityGroup = "White" }));
    }

    [Fact]
    public void Compute_Stopped_Throws()
    {
        var options = new FidelityOptions { Compute = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) } };
        Assert.ThrowsAny<OperationCanceledException>(() => FidelityReport.Compute(FidelityTables.Make(300, 1), FidelityTables.Make(300, 2), options));
    }

    private static FidelityReport Compute(ComputeOptions compute)
    {
        var real = FidelityTables.Make(900, 1);
        return FidelityReport.Compute(real, FidelityTables.Make(700, 2), new FidelityOptions
        {
            Holdout = FidelityTables.Make(600, 3),
            Groups = FidelityTables.Races(real),
            MinorityGroup = "Black",
            MajorityGroup = "White",
            DensityColumns = ("sbp", "dbp"),
            Seed = 11,
            AttackCount = 300,
            Forest = new RandomForestOptions { TreeCount = 12 },
            Compute = compute,
        });
    }

    private static IEnumerable<double> NumbersOf(FidelityReport report)
    {
        foreach (var column in report.Columns)
        {
            foreach (var score in new[] { column.KsComplement, column.TvComplement, column.RangeCoverage, column.CategoryCoverage, column.BoundaryAdherence, column.MissingValueSimilarity })
                yield return score.Value ?? -1;
        }

        var arrays = new[]
        {
            report.Correlations.Real, report.Correlations.Synthetic, report.Density!.Real!.Value, report.Density.Synthetic!.Value, report.Support!.Precision, report.Support.Recall,
            report.Membership!.Synthetic, report.Membership.Minority, report.Membership.Majority, report.Membership.SyntheticDensity!.Value, report.Detection!.FoldAurocs.ToArray(),
        };
        foreach (var value in arrays.SelectMany(array => array.ToArray()))
            yield return double.IsNaN(value) ? -1 : value;
        foreach (var pair in report.Contingency.Pairs)
            yield return pair.Similarity.Value!.Value;
        foreach (var score in new[] { report.Detection.Pmse, report.Detection.PmseRatio, report.ClosestRecords!.MedianRatio, report.ClosestRecords.NearestDistanceRatio, report.ClosestRecords.BaselineDistanceRatio })
            yield return score.Value!.Value;
        foreach (var summary in report.Groups.SelectMany(group => new[] { group.Synthetic, group.Real! }).Append(report.ClosestRecords.Synthetic).Append(report.ClosestRecords.Baseline))
        {
            yield return summary.Mean;
            yield return summary.Quantile05;
            yield return summary.Maximum;
        }

        var rates = new[]
        {
            report.Matches.Identical, report.Matches.NearlyIdentical, report.Matches.HitRate, report.Matches.RepeatedInSynthetic, report.ClosestRecords.NearerToTraining!,
            report.UnivariateSinglingOut.Attack!, report.UnivariateSinglingOut.Baseline!, report.MultivariateSinglingOut!.Attack!, report.MultivariateSinglingOut.Control!,
        };
        foreach (var rate in rates)
        {
            yield return rate.Rate;
            yield return rate.Upper;
        }

        yield return report.Attack!.Auroc!.Value.Auroc;
        yield return report.Attack.Auroc.Value.Upper;
    }

    private static string Fails(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static long[] Rows(int first, int end) => [.. Enumerable.Range(first, end - first).Select(row => (long)row)];
}
