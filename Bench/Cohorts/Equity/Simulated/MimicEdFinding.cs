using System.Globalization;
using Bench.Cohorts.Equity.MimicEd;
using CsvHelper;
using Engine.Numerics;

namespace Bench.Cohorts.Equity.Simulated;

/// <summary>The parts of a visit whose weights differ from group to group.</summary>
internal enum MimicEdPart
{
    Person,
    Acuity,
    Vitals,
    Use,
    Complaint,
    Heart,
    Organ,
    Mind,
}

/// <summary>A complaint or an illness that a simulated visit has or has not.</summary>
/// <param name="Column">Its place among the features.</param>
/// <param name="Part">The part of the visit that it belongs to.</param>
/// <param name="Share">How common it is at the age of 53.</param>
/// <param name="Age">How it follows age, 20 years being 1.</param>
/// <param name="Traits">How it follows the three traits of a patient: heart, organ, mind.</param>
/// <param name="Groups">How it follows the group, in the order of <see cref="MimicEdRaces.Groups"/>.</param>
/// <param name="Weights">What it weighs in the log odds of each outcome, in the order of <see cref="MimicEdColumns.Outcomes"/>.</param>
internal sealed record MimicEdFinding(int Column, MimicEdPart Part, double Share, double Age, double[] Traits, double[] Groups, double[] Weights)
{
    private readonly double _threshold = PortableMath.NormalQuantile(Share);
    private readonly double _noise = Math.Sqrt(1 - Traits.Sum(static loading => loading * loading));

    /// <summary>Gets all of them, in the order of the features.</summary>
    public static IReadOnlyList<MimicEdFinding> All { get; } = Load();

    /// <summary>Returns how much a patient inclines to it, 0 being as much as any at the age of 53.</summary>
    public double Inclination(in MimicEdPatient patient) =>
        (Age * patient.AgeScore) + (Traits[0] * patient.Heart) + (Traits[1] * patient.Organ) + (Traits[2] * patient.Mind) + Groups[patient.Group];

    /// <summary>Tells whether a patient has it.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="noise">A draw of the standard normal distribution.</param>
    public bool IsIn(in MimicEdPatient patient, double noise) => _threshold + Inclination(patient) + (_noise * noise) > 0;

    private static MimicEdFinding[] Load()
    {
        using var reader = new StreamReader(typeof(MimicEdFinding).Assembly.GetManifestResourceStream("mimic-ed-simulated.csv")!);
        // The first line names the source.
        reader.ReadLine();
        using var table = new CsvReader(reader, CultureInfo.InvariantCulture);
        table.Read();
        table.ReadHeader();
        var findings = new List<MimicEdFinding>();
        while (table.Read())
        {
            if (!MimicEdColumns.Schema.TryFind(table.GetField("feature")!, out var column))
                throw new InvalidDataException($"mimic-ed-simulated.csv names '{table.GetField("feature")}', which is no feature.");
            findings.Add(new MimicEdFinding(
                column,
                Enum.Parse<MimicEdPart>(table.GetField("part")!, ignoreCase: true),
                table.GetField<double>("share"),
                table.GetField<double>("age"),
                Numbers("heart", "organ", "mind"),
                [0, .. Numbers("black", "hispanic", "asian"), 0],
                [.. MimicEdColumns.Outcomes.Select(name => table.GetField<double>(name == "ed_revisit_3d" ? "revisit" : name))]));
        }

        return [.. findings];

        double[] Numbers(params string[] names) => [.. names.Select(name => table.GetField<double>(name))];
    }
}
