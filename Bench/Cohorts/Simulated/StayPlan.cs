using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;

namespace Bench.Cohorts.Simulated;

/// <summary>What is decided of a stay before its first hour: who, how long, and how it ends.</summary>
/// <param name="Split">What the samples of the stay are for.</param>
/// <param name="Number">The number of the stay within its split, from 0.</param>
/// <param name="Patient">The patient.</param>
/// <param name="Hours">Whole hours that are simulated, <see cref="FirstSample"/> or more: those in the unit, or of <see cref="Mimic3Task.InHospitalMortality"/> the first 48.</param>
/// <param name="DiesInHospital">Whether the patient dies, here or after the unit.</param>
/// <param name="DeathTime">Hours from the start to a death in the unit; infinity for all others.</param>
internal readonly record struct StayPlan(CohortSplit Split, int Number, Patient Patient, int Hours, bool DiesInHospital, double DeathTime)
{
    /// <summary>The first hour after which the benchmark asks for a prognosis.</summary>
    public const int FirstSampleHour = 5;

    /// <summary>How near death must be, in hours, for class 1.</summary>
    public const double Horizon = 24;

    /// <summary>Gets what is predicted from the stay; decompensation unless set.</summary>
    public Mimic3Task Task { get; init; } = Mimic3Task.Decompensation;

    /// <summary>Gets the hours of the first sample; of in-hospital mortality it is the only one.</summary>
    public int FirstSample => Task == Mimic3Task.InHospitalMortality ? Mimic3Layout.MortalityHours : FirstSampleHour;

    /// <summary>Gets the hours from one sample to the next; 1, every hour, unless set.</summary>
    public int SampleInterval { get; init; } = 1;

    /// <summary>Gets the number of samples.</summary>
    public int SampleCount => ((Hours - FirstSample) / SampleInterval) + 1;

    /// <summary>Returns the class of the sample after so many hours.</summary>
    /// <param name="hours"><see cref="FirstSample"/> to <see cref="Hours"/>.</param>
    /// <returns>1 when death follows within 24 hours; of in-hospital mortality, when it follows in the hospital.</returns>
    public byte LabelAt(int hours)
    {
        var isPositive = Task == Mimic3Task.InHospitalMortality ? DiesInHospital : DeathTime - hours < Horizon;
        return isPositive ? (byte)1 : (byte)0;
    }

    /// <summary>Returns the same stay with fewer samples; it ends alive, for a death that is cut away must not show.</summary>
    /// <param name="sampleCount">1 to <see cref="SampleCount"/> - 1.</param>
    public StayPlan CutAlive(int sampleCount) =>
        this with { Hours = FirstSample + ((sampleCount - 1) * SampleInterval), DiesInHospital = false, DeathTime = double.PositiveInfinity };
}
