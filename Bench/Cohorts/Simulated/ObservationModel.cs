using Bench.Cohorts.Channels;
using Engine.Numerics;

namespace Bench.Cohorts.Simulated;

/// <summary>Decides which channels an hour observes.</summary>
/// <remarks>
/// Calibrated to the published mask rates, over all hours. Vital signs are charted together, the parts of the coma scale are charted together, its total
/// only by the
/// older of MIMIC's two charting systems; oxygen and blood gases are looked at in ventilated patients, and more often when one gets worse.
/// </remarks>
internal sealed class ObservationModel
{
    private const double VitalsCharted = 0.93;
    private const double ComaChartedInCareVue = 0.300;
    private const double ComaChartedInMetaVision = 0.2633;
    private const double ShareOfCareVue = 0.602;
    private const double ComaCharted = (ShareOfCareVue * ComaChartedInCareVue) + ((1 - ShareOfCareVue) * ComaChartedInMetaVision);
    private const double ShareWithCapillaryRefill = 0.15;
    private const double ShareVentilated = 0.30;
    private const double MoreWhenWorse = 0.5;

    private static readonly Rate[] s_rates = BuildRates();

    private readonly bool _hasCapillaryRefill;

    /// <summary>Starts a stay.</summary>
    /// <param name="draws">The draws of the stay.</param>
    /// <param name="ventilation">How much the patient needs a ventilator, standard normal.</param>
    public ObservationModel(in StayDraws draws, double ventilation)
    {
        IsCareVue = draws.Uniform(StayDraw.ChartingSystem) < ShareOfCareVue;
        IsVentilated = ventilation > PortableMath.NormalQuantile(1 - ShareVentilated);
        _hasCapillaryRefill = draws.Uniform(StayDraw.CapillaryRefillCharted) < ShareWithCapillaryRefill;
    }

    /// <summary>Gets whether the stay is charted in CareVue, which words the levels of the coma scale otherwise than MetaVision.</summary>
    public bool IsCareVue { get; }

    /// <summary>Gets whether the patient breathes by machine.</summary>
    public bool IsVentilated { get; }

    /// <summary>Decides whether an hour observes a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="hour">The hour, from 0.</param>
    /// <param name="deterioration">0 while death is far, 1 at death.</param>
    /// <param name="words">The words of the hour.</param>
    /// <returns>Whether the mask is 1.</returns>
    public bool Observes(int channel, int hour, double deterioration, ReadOnlySpan<uint> words)
    {
        var rate = s_rates[channel];
        var probability = hour == 0 ? rate.FirstHour : IsVentilated ? rate.Ventilated * (1 + (MoreWhenWorse * deterioration)) : rate.Usual;
        return StayDraws.ToUniform(words[HourDraw.FirstMask + channel]) < probability && IsCharted(rate.Chart, words);
    }

    private bool IsCharted(Chart chart, ReadOnlySpan<uint> words) => chart switch
    {
        Chart.Vitals => StayDraws.ToUniform(words[HourDraw.VitalsCharted]) < VitalsCharted,
        Chart.Coma => StayDraws.ToUniform(words[HourDraw.ComaCharted]) < (IsCareVue ? ComaChartedInCareVue : ComaChartedInMetaVision),
        Chart.ComaTotal => IsCareVue && StayDraws.ToUniform(words[HourDraw.ComaCharted]) < ComaChartedInCareVue,
        Chart.CapillaryRefill => _hasCapillaryRefill,
        _ => true,
    };

    private static Rate[] BuildRates()
    {
        var rates = new Rate[BenchmarkChannels.Count];
        Set("Capillary refill rate", Chart.CapillaryRefill, 0.0184, 0.0184, 0.0184);
        SetVital("Diastolic blood pressure", 0.87922);
        Set("Fraction inspired oxygen", Chart.None, 0, 0, 0.190);
        SetComa("Glascow coma scale eye opening", Chart.Coma, 0.28513 / ComaCharted);
        SetComa("Glascow coma scale motor response", Chart.Coma, 0.28404 / ComaCharted);
        SetComa("Glascow coma scale total", Chart.ComaTotal, 0.17275 / (ShareOfCareVue * ComaChartedInCareVue));
        SetComa("Glascow coma scale verbal response", Chart.Coma, 0.28431 / ComaCharted);
        Set("Glucose", Chart.None, 0.6, 0.213, 0.257);
        SetVital("Heart Rate", 0.90507);
        Set("Height", Chart.None, 0.22, 0, 0);
        SetVital("Mean blood pressure", 0.87564);
        SetVital("Oxygen saturation", 0.87041);
        SetVital("Respiratory rate", 0.89192);
        SetVital("Systolic blood pressure", 0.87937);
        Set("Temperature", Chart.None, 0.5, 0.2908, 0.2908);
        Set("Weight", Chart.None, 0.5, 0.020, 0.020);
        Set("pH", Chart.None, 0.2, 0.048, 0.2);
        return rates;

        void Set(string channel, Chart chart, double firstHour, double usual, double ventilated) =>
            rates[BenchmarkChannels.Find(channel).Index] = new Rate(chart, firstHour, usual, ventilated);

        void SetVital(string channel, double overall) => Set(channel, Chart.Vitals, overall / VitalsCharted, overall / VitalsCharted, overall / VitalsCharted);

        void SetComa(string channel, Chart chart, double share) => Set(channel, chart, share, share, share);
    }

    private enum Chart
    {
        None,
        Vitals,
        Coma,
        ComaTotal,
        CapillaryRefill,
    }

    private readonly record struct Rate(Chart Chart, double FirstHour, double Usual, double Ventilated);
}
