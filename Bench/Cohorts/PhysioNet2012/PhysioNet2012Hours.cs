using Bench.Cohorts.Channels;
using Engine.Data;

namespace Bench.Cohorts.PhysioNet2012;

/// <summary>Turns records into the 48 hours x 76 columns of the MIMIC-III benchmark, so that its models can be trained on open data.</summary>
/// <remarks>
/// <para>Thirteen of the seventeen channels are measured here. Capillary refill and the three parts of the coma scale are not:
/// they stay at their normal level, their masks at 0.</para>
/// <para>A pressure measured in the artery and by the cuff is one channel; the later value of an hour counts, and of two at the same minute the arterial one.
/// Negative values do not count, as in <see cref="PhysioNet2012Features"/>.</para>
/// <para>Values are normalized by the published state of the benchmark's mortality task, so that a model fitted there can be read here and the reverse.</para>
/// </remarks>
internal sealed class PhysioNet2012Hours
{
    /// <summary>The hours of every stay.</summary>
    public const int HoursPerStay = 48;

    private const double MinutesPerHour = 60;

    private static readonly Channel s_comaScale = BenchmarkChannels.Find("Glascow coma scale total");
    private static readonly Channel s_height = BenchmarkChannels.Find("Height");

    private static readonly (Channel Channel, int Parameter)[] s_single =
    [
        Map("Fraction inspired oxygen", "FiO2"),
        Map("Glucose", "Glucose"),
        Map("Heart Rate", "HR"),
        Map("Oxygen saturation", "SaO2"),
        Map("Respiratory rate", "RespRate"),
        Map("Temperature", "Temp"),
        Map("Weight", "Weight"),
        Map("pH", "pH"),
    ];

    private static readonly (Channel Channel, int Cuff, int Arterial)[] s_pressures =
    [
        MapPressure("Diastolic blood pressure", "NIDiasABP", "DiasABP"),
        MapPressure("Mean blood pressure", "NIMAP", "MAP"),
        MapPressure("Systolic blood pressure", "NISysABP", "SysABP"),
    ];

    private readonly HourlyDiscretizer _discretizer = new();
    private readonly HourlyNormalizer _normalizer = HourlyNormalizer.Published(Mimic3Task.InHospitalMortality);
    private readonly SampleMatrix _hours;
    private readonly long[] _offsets;
    private int _count;

    /// <summary>Takes memory for all stays.</summary>
    /// <param name="stayCount">The number of stays that will be added.</param>
    public PhysioNet2012Hours(int stayCount)
    {
        _hours = SampleMatrix.Create((long)stayCount * HoursPerStay, BenchmarkChannels.ColumnCount);
        _offsets = [.. Enumerable.Range(0, stayCount + 1).Select(stay => (long)stay * HoursPerStay)];
    }

    /// <summary>Adds the next stay.</summary>
    /// <param name="record">Its record.</param>
    public void Add(PhysioNet2012Record record)
    {
        _discretizer.Begin(HoursPerStay);
        if (!double.IsNaN(record.Height))
            _discretizer.Add(0, s_height, record.Height);
        AddComaScale(record);
        foreach (var (channel, parameter) in s_single)
            AddValues(channel, record.MinutesOf(parameter), record.ValuesOf(parameter));
        foreach (var (channel, cuff, arterial) in s_pressures)
            AddMerged(channel, record, cuff, arterial);
        _discretizer.Write(_hours, _offsets[_count++], _normalizer);
    }

    /// <summary>Returns the hours of all stays, in the order in which they were added.</summary>
    public EpisodeStore ToEpisodes() => new(_hours, _offsets);

    private static (Channel Channel, int Parameter) Map(string channel, string parameter) =>
        (BenchmarkChannels.Find(channel), PhysioNet2012Parameters.IndexOf(parameter));

    private static (Channel Channel, int Cuff, int Arterial) MapPressure(string channel, string cuff, string arterial) =>
        (BenchmarkChannels.Find(channel), PhysioNet2012Parameters.IndexOf(cuff), PhysioNet2012Parameters.IndexOf(arterial));

    private void AddComaScale(PhysioNet2012Record record)
    {
        var minutes = record.MinutesOf(PhysioNet2012Parameters.ComaScale);
        var values = record.ValuesOf(PhysioNet2012Parameters.ComaScale);
        for (var i = 0; i < minutes.Length; i++)
        {
            if (values[i] >= 0)
                _discretizer.AddLevel(minutes[i] / MinutesPerHour, s_comaScale, s_comaScale.LevelOf($"{values[i]:0}"));
        }
    }

    private void AddValues(Channel channel, ReadOnlySpan<short> minutes, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < minutes.Length; i++)
            AddValue(channel, minutes[i], values[i]);
    }

    private void AddMerged(Channel channel, PhysioNet2012Record record, int cuff, int arterial)
    {
        var (cuffNext, arterialNext) = (0, 0);
        var cuffMinutes = record.MinutesOf(cuff);
        var arterialMinutes = record.MinutesOf(arterial);
        while (cuffNext < cuffMinutes.Length)
        {
            while (arterialNext < arterialMinutes.Length && arterialMinutes[arterialNext] < cuffMinutes[cuffNext])
                AddValue(channel, arterialMinutes[arterialNext], record.ValuesOf(arterial)[arterialNext++]);
            AddValue(channel, cuffMinutes[cuffNext], record.ValuesOf(cuff)[cuffNext++]);
        }

        AddValues(channel, arterialMinutes[arterialNext..], record.ValuesOf(arterial)[arterialNext..]);
    }

    private void AddValue(Channel channel, short minute, double value)
    {
        if (value >= 0)
            _discretizer.Add(minute / MinutesPerHour, channel, value);
    }
}
