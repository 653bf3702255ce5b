using Bench.Cohorts;
using Bench.Cohorts.PhysioNet2012;
using Bench.Studies;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.PhysioNet2012;

public sealed class PhysioNet2012AllHoursTests
{
    private static readonly int s_parameterCount = PhysioNet2012Parameters.Names.Count;

    [Fact]
    public void Add_Measurements_LastSoFarAndWhetherItWasThisHour()
    {
        var rows = HoursOf("01:10,HR,80", "01:50,HR,90", "02:10,HR,-1", "03:00,HR,70", "48:00,HR,60");
        var (value, mask) = (PhysioNet2012Parameters.IndexOf("HR"), s_parameterCount + PhysioNet2012Parameters.IndexOf("HR"));
        Assert.Equal([float.NaN, 90, 90, 70, 70], rows[..5].Select(row => row[value]));
        Assert.Equal([0f, 1, 0, 1, 0], rows[..5].Select(row => row[mask]));
        Assert.Equal((60f, 1f), (rows[47][value], rows[47][mask]));
        Assert.True(rows.All(row => float.IsNaN(row[PhysioNet2012Parameters.IndexOf("Lactate")]) && row[s_parameterCount + PhysioNet2012Parameters.IndexOf("Lactate")] == 0));
    }

    [Fact]
    public void Add_WhatIsKnownOnAdmission_IsInEveryHour()
    {
        var record = new PhysioNet2012RecordParser().Parse("1.txt", 1, string.Join('\n', ChallengeFolder.Record(1, "01:10,HR,80")));
        var rows = HoursOf("01:10,HR,80");
        Assert.Equal(PhysioNet2012AllHours.Names.Count, rows[0].Length);
        foreach (var row in rows)
        {
            Assert.Equal([(float)record.Age, (float)record.Gender, (float)record.Height], row[(2 * s_parameterCount)..((2 * s_parameterCount) + 3)]);
            Assert.Equal(Enumerable.Range(1, 4).Select(unit => record.IcuType == unit ? 1f : 0f), row[((2 * s_parameterCount) + 3)..]);
        }

        Assert.Equal(["Age", "Height"], PhysioNet2012AllHours.ContinuousColumns.Skip(s_parameterCount).Select(column => PhysioNet2012AllHours.Names[column]));
    }

    [Fact]
    public void SequencesOf_RealSets_AreStandardizedOnTrainingStaysAlone()
    {
        var cohort = PhysioNet2012Reader.Read(SharedData.Require("data/physionet2012"), withAllHours: true, cancellation: TestContext.Current.CancellationToken);
        var train = cohort.RowsOf(CohortSplit.Train)[..500];
        var sequences = StudyModel.SequencesOf(cohort, train, TestContext.Current.CancellationToken);
        Assert.Equal((8000, 81, true), (sequences.Count, sequences.FeatureCount, sequences.HaveOneLength));
        var (sums, squares, row) = (new double[81], new double[81], new float[81]);
        foreach (var stay in train)
        {
            for (var hour = 0; hour < 48; hour++)
            {
                sequences.Episodes.Hours.CopyRow(sequences.Episodes.RowOf((int)stay, hour), row);
                for (var column = 0; column < row.Length; column++)
                {
                    sums[column] += row[column];
                    squares[column] += row[column] * row[column];
                }
            }
        }

        var hours = 48.0 * train.Length;
        Assert.All(PhysioNet2012AllHours.ContinuousColumns, column => Assert.Equal(0, sums[column] / hours, 1e-3));
        // Ventilation is recorded as 1 or not at all.
        Assert.All(PhysioNet2012AllHours.ContinuousColumns, column => Assert.Equal(PhysioNet2012AllHours.Names[column] == "MechVent" ? 0 : 1, squares[column] / hours, 1e-3));
        // A mask is 0 or 1 whatever the scale of the others: its squares sum to what it sums to.
        Assert.Equal(sums[s_parameterCount..(2 * s_parameterCount)], squares[s_parameterCount..(2 * s_parameterCount)]);
        for (var hour = 0L; hour < sequences.Episodes.Hours.RowCount; hour += 97)
        {
            sequences.Episodes.Hours.CopyRow(hour, row);
            Assert.All(row, value => Assert.True(float.IsFinite(value)));
        }
    }

    private static float[][] HoursOf(params string[] rows)
    {
        var hours = new PhysioNet2012AllHours(1);
        hours.Add(new PhysioNet2012RecordParser().Parse("1.txt", 1, string.Join('\n', ChallengeFolder.Record(1, rows))));
        var matrix = hours.ToEpisodes().Hours;
        return [.. Enumerable.Range(0, 48).Select(hour => matrix.Row(hour))];
    }
}
