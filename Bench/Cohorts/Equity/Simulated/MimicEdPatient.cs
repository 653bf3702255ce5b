using Bench.Cohorts.Equity.MimicEd;

namespace Bench.Cohorts.Equity.Simulated;

/// <summary>What a simulated patient is in all visits.</summary>
internal readonly struct MimicEdPatient
{
    private const int Kind = 1;
    private const double TypicalAge = 53;
    private const double AgeUnit = 20;
    private const double AgeDeviation = 20;
    private const int YoungestAge = 18;
    private const int OldestAge = 91;

    // By group, in the order of MimicEdRaces.Groups.
    private static readonly double[] s_meanAges = [57, 49, 45, 50, 48];

    private MimicEdPatient(int group, double frequency, RowDraws draws)
    {
        Group = group;
        IsMale = draws.Uniform() < 0.46;
        var age = s_meanAges[group] + (AgeDeviation * draws.Normal());
        // Those who would be children are as much older than 18 as they would be younger.
        Age = (int)Math.Clamp(age < YoungestAge ? (2 * YoungestAge) - age : age, YoungestAge, OldestAge);
        Heart = draws.Normal();
        Organ = (0.35 * Heart) + (0.94 * draws.Normal());
        Mind = draws.Normal();
        Use = (0.7 * frequency) + (0.3 * Organ) + (0.3 * Mind) + (0.55 * draws.Normal());
        Pressure = draws.Normal();
        Pulse = draws.Normal();
        RaceDraw = draws.Uniform();
        // Illnesses are known of those who were in hospital before.
        IsKnown = 0.15 + (0.7 * Use) + (0.35 * AgeScore) + (0.25 * Organ) + draws.Normal() > 0;
        Illnesses = new bool[MimicEdFinding.All.Count];
        for (var i = 0; i < Illnesses.Length; i++)
        {
            var noise = draws.Normal();
            Illnesses[i] = IsKnown && MimicEdFinding.All[i].Part != MimicEdPart.Complaint && MimicEdFinding.All[i].IsIn(this, noise);
        }
    }

    /// <summary>Gets the place of the group in <see cref="MimicEdRaces.Groups"/>.</summary>
    public int Group { get; }

    /// <summary>Gets the sex.</summary>
    public bool IsMale { get; }

    /// <summary>Gets the age at the first visit, in whole years.</summary>
    public int Age { get; }

    /// <summary>Gets the age about 53, in units of 20 years.</summary>
    public double AgeScore => (Age - TypicalAge) / AgeUnit;

    /// <summary>Gets how much of the illnesses of heart and vessels the patient has; standard normal.</summary>
    public double Heart { get; }

    /// <summary>Gets how much of those of other organs; standard normal.</summary>
    public double Organ { get; }

    /// <summary>Gets how much of those of mind and habit; standard normal.</summary>
    public double Mind { get; }

    /// <summary>Gets how often the patient goes to hospital; about standard normal.</summary>
    public double Use { get; }

    /// <summary>Gets the lasting part of the blood pressure; standard normal.</summary>
    public double Pressure { get; }

    /// <summary>Gets the lasting part of the pulse; standard normal.</summary>
    public double Pulse { get; }

    /// <summary>Gets a uniform draw that chooses the race as it is written.</summary>
    public double RaceDraw { get; }

    /// <summary>Gets whether the hospital knows the illnesses of the patient.</summary>
    public bool IsKnown { get; }

    /// <summary>Gets whether the patient has each of <see cref="MimicEdFinding.All"/>; of complaints always false.</summary>
    public bool[] Illnesses { get; }

    /// <summary>Draws a patient.</summary>
    /// <param name="seed">The seed of the cohort.</param>
    /// <param name="number">The number of the patient.</param>
    /// <param name="group">The place of the group.</param>
    /// <param name="frequency">How often the patient visits, standard normal.</param>
    public static MimicEdPatient Draw(ulong seed, int number, int group, double frequency) => new(group, frequency, new RowDraws(seed, Kind, number));
}
