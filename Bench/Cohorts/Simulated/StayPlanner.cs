using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Engine.Numerics;

namespace Bench.Cohorts.Simulated;

/// <summary>Draws the plans of stays: the patient, the length of stay and the outcome.</summary>
/// <remarks>
/// Lengths are log-normal, held between the first sample and 100 days. Calibrated to the published 2,908,414 training samples of about
/// 35,600 stays (82 a stay) and their 61,013 positives (2.10 %): 13.5 % of patients die, somewhat over half of them in the unit, where death is seen coming.
/// Stays of in-hospital mortality last 48 hours or more, and those are the ones whose deaths <see cref="PatientModel"/> has: their length is drawn given that, and does not change who dies.
/// </remarks>
internal static class StayPlanner
{
    /// <summary>The most hours of a stay.</summary>
    public const int LongestStay = 2_400;

    private const double MedianHours = 50;
    private const double MedianHoursToDeath = 74;
    private const double LogSpread = 1.02;
    private const double LogSpreadToDeath = 0.95;
    private const double ShareOfDeathsInUnit = 0.57;

    /// <summary>Draws the plan of one stay.</summary>
    /// <param name="seed">The seed of the cohort.</param>
    /// <param name="split">The split.</param>
    /// <param name="number">The number of the stay within its split, from 0.</param>
    /// <param name="task">What is predicted.</param>
    /// <returns>The plan.</returns>
    public static StayPlan Draw(ulong seed, CohortSplit split, int number, Mimic3Task task = Mimic3Task.Decompensation)
    {
        var draws = new StayDraws(seed, split, number);
        var patient = PatientModel.Draw(draws, out var risk);
        var dies = draws.Uniform(StayDraw.Outcome) < risk;
        var diesHere = dies && draws.Uniform(StayDraw.PlaceOfDeath) < ShareOfDeathsInUnit;
        var hours = diesHere
            ? DrawHours(draws, MedianHoursToDeath, LogSpreadToDeath, task)
            : DrawHours(draws, MedianHours, LogSpread, task);
        var simulatedHours = task == Mimic3Task.InHospitalMortality ? Mimic3Layout.MortalityHours : (int)hours;
        return new StayPlan(split, number, patient, simulatedHours, dies, diesHere ? hours : double.PositiveInfinity) { Task = task };
    }

    /// <summary>Draws the plans of a split until it has exactly so many samples.</summary>
    /// <param name="seed">The seed of the cohort.</param>
    /// <param name="split">The split.</param>
    /// <param name="sampleCount">1 or more.</param>
    /// <param name="sampleInterval">Hours from one sample of a stay to the next, 1 or more.</param>
    /// <param name="plans">The list to append to.</param>
    public static void AppendSamples(ulong seed, CohortSplit split, long sampleCount, int sampleInterval, List<StayPlan> plans)
    {
        for (var number = 0; sampleCount > 0; number++)
        {
            var plan = Draw(seed, split, number) with { SampleInterval = sampleInterval };
            if (plan.SampleCount > sampleCount)
                plan = plan.CutAlive((int)sampleCount);
            plans.Add(plan);
            sampleCount -= plan.SampleCount;
        }
    }

    /// <summary>Draws the plans of a split of so many whole stays.</summary>
    /// <param name="seed">The seed of the cohort.</param>
    /// <param name="split">The split.</param>
    /// <param name="stayCount">1 or more.</param>
    /// <param name="plans">The list to append to.</param>
    /// <param name="task">What is predicted.</param>
    public static void AppendStays(ulong seed, CohortSplit split, int stayCount, List<StayPlan> plans, Mimic3Task task = Mimic3Task.Decompensation)
    {
        for (var number = 0; number < stayCount; number++)
            plans.Add(Draw(seed, split, number, task));
    }

    private static double DrawHours(in StayDraws draws, double median, double logSpread, Mimic3Task task)
    {
        var share = draws.Uniform(StayDraw.Length);
        // What is shorter than the first sample (1 % of stays) is stretched to it; a stay without samples would be no use.
        if (task != Mimic3Task.InHospitalMortality)
            return Math.Clamp(HoursAt(share), StayPlan.FirstSampleHour, LongestStay);
        var longShare = PortableMath.NormalTail(PortableMath.Log(Mimic3Layout.MortalityHours / median) / logSpread);
        return Math.Clamp(HoursAt(1 - (longShare * (1 - share))), Mimic3Layout.MortalityHours, LongestStay);

        double HoursAt(double part) => median * PortableMath.Exp(logSpread * PortableMath.NormalQuantile(part));
    }
}
