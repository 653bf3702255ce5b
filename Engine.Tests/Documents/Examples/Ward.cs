using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

/// <summary>The rows that examples work on: 600 of 200 patients in two wards, eight columns, about one in five of class 1.</summary>
internal static class Ward
{
    public const int RowCount = 600;

    public static SampleMatrix Samples { get; } = Tables.Normal(RowCount, 8, 71);

    public static Labels Labels { get; } = Labels.From([.. Noisy(72).Select(risk => risk > 1.2)]);

    public static Subgroups Groups { get; } = Subgroups.From([.. Enumerable.Range(0, RowCount).Select(row => row % 4 == 0 ? "Black" : "White")]);

    public static int[] Patients { get; } = [.. Enumerable.Range(0, RowCount).Select(row => row / 3)];

    public static double[] Scores { get; } = [.. Noisy(73).Select(risk => 1 / (1 + Math.Exp(-risk)))];

    private static double[] Noisy(ulong seed)
    {
        var noise = Tables.Normal(RowCount, 1, seed);
        return [.. Enumerable.Range(0, RowCount).Select(row => (double)(Samples.Row(row)[0] + noise.Row(row)[0]))];
    }
}
