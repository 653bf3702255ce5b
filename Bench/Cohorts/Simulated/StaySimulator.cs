using Bench.Cohorts.Channels;

namespace Bench.Cohorts.Simulated;

/// <summary>Simulates the measurements of a stay, hour by hour.</summary>
/// <remarks><b>Cost</b>: reusable from stay to stay; not safe for several threads at once.</remarks>
internal sealed class StaySimulator
{
    private const int MinutesPerHour = 60;
    private const double SharedPressure = 0.8;
    private const double OwnPressure = 0.6;
    private const double VentilationBySeverity = 0.6;
    private const double VentilationByReason = 0.8;

    // Of the observations; with the hours before the first, 0.4 % of all hours show it.
    private const double ShareOfSlowRefill = 0.043;

    private static readonly int s_capillaryRefill = BenchmarkChannels.Find("Capillary refill rate").Index;

    private readonly double[] _offsets = new double[BenchmarkChannels.Count];
    private readonly double[] _observations = new double[BenchmarkChannels.Count];
    private readonly uint[] _words = new uint[HourDraw.Count];
    private StayPlan _plan;
    private StayDraws _draws;
    private SeverityPath _severity = null!;
    private ObservationModel _observed = null!;
    private double _ventilation;

    /// <summary>Gets the current hour, from 0; -1 before the first.</summary>
    public int Hour { get; private set; }

    /// <summary>Gets the minute, 1 to 59, at which the rows of this stay are charted.</summary>
    public int Minute { get; private set; }

    /// <summary>Gets when the current hour is charted, in hours since the start of the stay.</summary>
    public double ChartTime => Hour + (Minute / (double)MinutesPerHour);

    /// <summary>Gets one number a channel: a value, the index of a level, or NaN where the current hour observed nothing.</summary>
    public ReadOnlySpan<double> Observations => _observations;

    /// <summary>Starts a stay, before its first hour.</summary>
    /// <param name="seed">The seed of the cohort.</param>
    /// <param name="plan">The plan of the stay.</param>
    public void Begin(ulong seed, in StayPlan plan)
    {
        _plan = plan;
        _draws = new StayDraws(seed, plan.Split, plan.Number);
        _severity = new SeverityPath(plan, _draws);
        _ventilation = (VentilationBySeverity * _draws.Normal(StayDraw.RespiratorySeverity)) + (VentilationByReason * _draws.Normal(StayDraw.Ventilation));
        _observed = new ObservationModel(_draws, _ventilation);
        DrawOffsets();
        Minute = 1 + _draws.Below(StayDraw.Minute, 59);
        Hour = -1;
    }

    /// <summary>Simulates the next hour.</summary>
    /// <returns>False at the end of the stay.</returns>
    public bool NextHour()
    {
        if (Hour + 1 >= _plan.Hours)
            return false;
        Hour++;
        _draws.FillHour(Hour, _words);
        _severity.MoveTo(Hour, _words);
        var scale = _observed.IsCareVue ? ComaScale.CareVue : ComaScale.MetaVision;
        var coma = scale.Examine(_severity[OrganSystem.Neurological], _ventilation);
        for (var channel = 0; channel < BenchmarkChannels.Count; channel++)
            _observations[channel] = _observed.Observes(channel, Hour, _severity.Deterioration, _words) ? Observe(channel, coma) : double.NaN;
        return true;
    }

    private void DrawOffsets()
    {
        var pressure = _draws.Normal(StayDraw.Pressure);
        for (var channel = 0; channel < _offsets.Length; channel++)
        {
            var own = _draws.ChannelOffset(channel);
            _offsets[channel] = IsPressure(channel) ? (SharedPressure * pressure) + (OwnPressure * own) : own;
        }
    }

    private double Observe(int channel, ComaScale.Finding coma)
    {
        var noise = _words[HourDraw.FirstNoise + channel];
        if (ContinuousChannels.ByIndex[channel] is not { } continuous)
            return channel == s_capillaryRefill ? ObserveRefill(noise) : coma.LevelOf(channel);
        var deviation = StayDraws.ToNormal(noise);
        if (continuous.IsPressure)
            deviation = (SharedPressure * StayDraws.ToNormal(_words[HourDraw.Pressure])) + (OwnPressure * deviation);
        return continuous.Observe(_severity[continuous.System], _offsets[channel], deviation, StayDraws.ToUniform(_words[HourDraw.FirstOutlier + channel]));
    }

    private static double ObserveRefill(uint noise) => StayDraws.ToUniform(noise) < ShareOfSlowRefill ? 1 : 0;

    private static bool IsPressure(int channel) => ContinuousChannels.ByIndex[channel] is { IsPressure: true };
}
