using Bench.Cohorts;
using Bench.Cohorts.Table;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Table;

/// <summary>A small table of one's own in a folder of its own; the label is "died".</summary>
internal sealed class OwnTable : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Gets the file.</summary>
    public string File => _folder.File("own.csv");

    /// <summary>Gets what is said of it unless a test says something else.</summary>
    public static TableDescription Died { get; } = new("died");

    public void Dispose() => _folder.Dispose();

    /// <summary>Reads lines as a table.</summary>
    public Cohort Read(TableDescription description, params IEnumerable<string> lines)
    {
        System.IO.File.WriteAllText(File, string.Join('\n', lines));
        return TableReader.Read(File, description, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>Reads lines that are no table.</summary>
    public CohortFormatException ReadBad(TableDescription description, params IEnumerable<string> lines) =>
        Assert.Throws<CohortFormatException>(() => Read(description, lines));

    /// <summary>Returns a column of features.</summary>
    public static float[] Column(Cohort cohort, string name)
    {
        var column = cohort.FeatureNames.ToList().IndexOf(name);
        Assert.True(column >= 0, $"no feature '{name}' in {string.Join(", ", cohort.FeatureNames)}");
        return [.. Enumerable.Range(0, cohort.Labels.Count).Select(row => cohort.Samples.Row(row)[column])];
    }

    /// <summary>Returns the rows of a group.</summary>
    public static long[] RowsOf(Cohort cohort, string group) => cohort.Groups[group].ToRows();
}
