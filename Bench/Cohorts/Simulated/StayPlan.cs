using Bench.Cohorts.Mimic3;

namespace Bench.Cohorts.Simulated;

/// <summary>What is decided of a stay before its first hour: who, how long, and how it ends.</summary>
/// <param name="Split">What the samples of the stay are for.</param>
/// <param name="Number">The number of the stay within its split, from 0.</param>
/// <param name="Patient">The patient.</param>
/// <param name="Hours">Whole hours in the unit, <see cref="FirstSampleHour"/> or more; samples are taken from that hour on.</param>
/// <param name="DiesInHospital">Whether the patient dies, here or after the unit.</param>
/// <param name="DeathTime">Hours from the start to a death in the unit; infinity for all others.</param>
internal readonly record struct StayPlan(CohortSplit Split, int Number, Patient Patient, int Hours, bool DiesInHospital, double DeathTime)
{
    /// <summary>The first hour after which the benchmark asks for a prognosis.</summary>
    public const int FirstSampleHour = 5;

    /// <summary>How near death must be, in hours, for class 1.</summary>
    public const double Horizon = 24;

    /// <summary>Gets the hours from one sample to the next; 1, every hour, unless set.</summary>
    public int SampleInterval { get; init; } = 1;

    /// <summary>Gets the number of samples.</summary>
    public int SampleCount => ((Hours - FirstSampleHour) / SampleInterval) + 1;

    /// <summary>Returns the class of the sample after so many hours.</summary>
    /// <param name="hours">5 to <see cref="Hours"/>.</param>
    /// <returns>1 when death follows within 24 hours.</returns>
    public byte LabelAt(int hours) => DeathTime - hours < Horizon ? (byte)1 : (byte)0;

    /// <summary>Returns the same stay with fewer samples; it ends alive, for a death that is cut away must not show.</summary>
    /// <param name="sampleCount">1 to <see cref="SampleCount"/> - 1.</param>
    public StayPlan CutAlive(int sampleCount) =>
        this with { Hours = FirstSampleHour + ((sampleCount - 1) * SampleInterval), DiesInHospital = false, DeathTime = double.PositiveInfinity };
}
