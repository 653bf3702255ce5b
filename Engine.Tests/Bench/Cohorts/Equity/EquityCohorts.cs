using Bench.Cohorts.Equity;
using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Equity;

/// <summary>What tests ask of a cohort of the study of synthetic rows.</summary>
internal static class EquityCohorts
{
    /// <summary>Returns the values of a column.</summary>
    public static float[] Column(this EquityCohort cohort, string name)
    {
        Assert.True(cohort.Table.Schema.TryFind(name, out var column), $"no column '{name}'");
        return [.. Enumerable.Range(0, (int)cohort.Table.RowCount).Select(row => cohort.Table.Rows.Row(row)[column])];
    }

    /// <summary>Returns the share of a group that has an outcome, with its number of rows.</summary>
    public static (double Share, int Count) ShareIn(this EquityCohort cohort, string outcome, string group)
    {
        var (values, rows) = (cohort.Column(outcome), cohort.Groups[group].ToRows());
        return (rows.Average(row => values[row]), rows.Length);
    }

    /// <summary>Asserts what every cohort promises: legal values, a row in one group at most, a majority, outcomes.</summary>
    public static void AssertSound(EquityCohort cohort)
    {
        var schema = cohort.Table.Schema;
        Assert.NotEmpty(schema.Outcomes);
        for (var row = 0; row < cohort.Table.RowCount; row++)
        {
            var values = cohort.Table.Rows.Row(row);
            for (var column = 0; column < schema.Columns.Count; column++)
                Assert.True(schema.Columns[column].FindFault(values[column]) is null, $"row {row}, {schema.Columns[column].Name}: {values[column]}");
            Assert.True(cohort.Groups.Names.Count(name => cohort.Groups[name][row]) <= 1);
        }

        Assert.NotEmpty(cohort.Minorities);
        Assert.DoesNotContain(cohort.Majority, cohort.Minorities);
        Assert.All(cohort.Minorities.Append(cohort.Majority), name => Assert.True(cohort.Groups[name].Count > 0));
        Assert.All(cohort.Groups.Names, name => Assert.True(cohort.Groups[cohort.Majority].Count >= cohort.Groups[name].Count));
        Assert.True(cohort.Patients is null || cohort.Patients.Count == cohort.Table.RowCount);
    }

    /// <summary>Fits a plain logistic regression on half of the rows and measures it on the others.</summary>
    /// <returns>The area under the curve among the rows of the group, of everyone when null, with its standard error.</returns>
    public static AurocEstimate Auroc(EquityCohort cohort, string outcome, string? group = null)
    {
        var labels = cohort.Column(outcome);
        var features = cohort.Table.Rows.SelectColumns([.. cohort.Table.Schema.Features]);
        long[] train = [.. Enumerable.Range(0, labels.Length).Where(row => row % 2 == 0).Select(row => (long)row)];
        long[] test = [.. Enumerable.Range(0, labels.Length).Where(row => row % 2 == 1 && (group is null || cohort.Groups[group][row])).Select(row => (long)row)];
        using var fitted = features.SelectRows(train);
        var scaler = FeatureScaler.Fit(fitted, Imputation.Median);
        var fit = LogisticRegression.Fit(scaler.Transform(fitted), Labels.From(train.Select(row => (int)labels[row]).ToArray()), new LogisticOptions { RidgePenalty = 1 });
        var probabilities = new double[test.Length];
        using var judged = features.SelectRows(test);
        fit.PredictProbability(scaler.Transform(judged), probabilities);
        Assert.True(DeLong.TryEstimate<double>(probabilities, Labels.From(test.Select(row => (int)labels[row]).ToArray()), out var estimate));
        return estimate;
    }

    /// <summary>Hashes all values, groups and patients.</summary>
    public static string DigestOf(EquityCohort cohort)
    {
        using var digest = new Digest();
        for (var row = 0; row < cohort.Table.RowCount; row++)
            digest.Add(cohort.Table.Rows.Row(row));
        foreach (var name in cohort.Groups.Names)
            digest.Add<long>(cohort.Groups[name].ToRows());
        digest.Add<int>([.. cohort.Patients ?? []]);
        return digest.ToString();
    }
}
