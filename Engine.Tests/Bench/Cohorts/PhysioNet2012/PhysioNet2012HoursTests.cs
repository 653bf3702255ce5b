using Bench.Cohorts.Channels;
using Bench.Cohorts.PhysioNet2012;

namespace Engine.Tests.Bench.Cohorts.PhysioNet2012;

public sealed class PhysioNet2012HoursTests
{
    private const int Pressure = 13;
    private const int Mask = BenchmarkChannels.ValueColumnCount;

    private static readonly HourlyNormalizer s_normalizer = HourlyNormalizer.Published(Mimic3Task.InHospitalMortality);

    [Fact]
    public void Add_ArterialAndCuffPressure_KeepsLastOfTheHourAndPrefersArterialAtOneMinute()
    {
        var rows = Discretize(
            "00:10,SysABP,111", "00:10,NISysABP,99", "01:10,SysABP,112", "01:20,NISysABP,98", "02:30,NISysABP,97", "02:40,SysABP,113", "03:05,NISysABP,96");

        Assert.Equal([111, 98, 113, 96, 96], Enumerable.Range(0, 5).Select(hour => Value(rows[hour], "Systolic blood pressure")));
        Assert.Equal([1f, 1, 1, 1, 0], Enumerable.Range(0, 5).Select(hour => rows[hour][Mask + Pressure]));
    }

    [Fact]
    public void Add_NegativeValue_IsNotMeasured()
    {
        var rows = Discretize("05:10,Temp,-17.8", "06:10,Temp,38");

        Assert.Equal((36.6, 38), (Value(rows[5], "Temperature"), Value(rows[6], "Temperature")));
        Assert.Equal((0f, 1f), (rows[5][Mask + 14], rows[6][Mask + 14]));
    }

    [Fact]
    public void Add_ComaScale_IsOneHotAndUnmeasuredChannelsStayNormal()
    {
        var rows = Discretize("02:10,GCS,7");
        var total = BenchmarkChannels.Find("Glascow coma scale total");

        Assert.Equal(1, rows[0][total.FirstColumn + total.LevelOf("15")]);
        Assert.Equal(1, rows[47][total.FirstColumn + total.LevelOf("7")]);
        Assert.Equal(0, rows[47][total.FirstColumn + total.LevelOf("15")]);
        Assert.Equal(1, rows[2][Mask + total.Index]);
        var eyes = BenchmarkChannels.Find("Glascow coma scale eye opening");
        Assert.Equal((1f, 0f), (rows[47][eyes.FirstColumn + eyes.LevelOf("4 Spontaneously")], rows[47][Mask + eyes.Index]));
    }

    [Fact]
    public void Add_EveryMappedParameter_SetsItsMask()
    {
        string[] parameters = ["FiO2", "Glucose", "HR", "SaO2", "RespRate", "Temp", "Weight", "pH", "NIDiasABP", "NIMAP", "NISysABP"];

        var rows = Discretize([.. parameters.Select(parameter => $"48:00,{parameter},40"), "48:00,GCS,15"]);

        Assert.Equal(12, rows[47][Mask..].Sum());
        Assert.Equal(0, rows[46][Mask..].Sum());
    }

    [Fact]
    public void ToEpisodes_TwoStays_KeepsThemApart()
    {
        var hours = new PhysioNet2012Hours(2);
        hours.Add(Parse("00:10,HR,200"));
        hours.Add(Parse("47:10,HR,100"));

        var episodes = hours.ToEpisodes();

        Assert.Equal((2, 48, 76), (episodes.StayCount, episodes.HoursOf(1), episodes.Hours.FeatureCount));
        var row = new float[76];
        episodes.Hours.CopyRow(episodes.RowOf(1, 0), row);
        Assert.Equal(86, Value(row, "Heart Rate"));
    }

    private static float[][] Discretize(params string[] rows)
    {
        var hours = new PhysioNet2012Hours(1);
        hours.Add(Parse(rows));
        var matrix = hours.ToEpisodes().Hours;
        var copies = new float[48][];
        for (var hour = 0; hour < copies.Length; hour++)
            matrix.CopyRow(hour, copies[hour] = new float[76]);
        return copies;
    }

    private static PhysioNet2012Record Parse(params string[] rows) =>
        new PhysioNet2012RecordParser().Parse("1.txt", 1, string.Join('\n', ChallengeFolder.Record(1, rows)));

    // Undoes the normalization; float32 keeps about seven digits.
    private static double Value(float[] row, string name)
    {
        var column = BenchmarkChannels.Find(name).FirstColumn;
        return Math.Round((row[column] * s_normalizer.StandardDeviations[column]) + s_normalizer.Means[column], 3);
    }
}
