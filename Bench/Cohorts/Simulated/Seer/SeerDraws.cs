using Engine.Numerics;

namespace Bench.Cohorts.Simulated.Seer;

/// <summary>The places of the draws that are made for a patient or a record. A new one goes to the end, before the fields, or every simulated cohort changes.</summary>
internal enum SeerDraw
{
    Sex,
    Race,
    Origin,
    AgeBand,
    Age,
    RaceDetail,
    OriginDetail,
    HasClass,
    IsSecond,
    Outcome,
    Months,
    LaterDeath,
    Year,
    Common,
    Sequence,
    UnknownAge,

    /// <summary>The first of the findings, one a <see cref="SeerFinding"/>.</summary>
    FirstFinding,
    TumorSize = FirstFinding + SeerFindings.Count,
    TumorSizeCode,
    PositiveNodes,
    PositiveNodesCode,
    ExaminedNodes,
    ExaminedNodesCode,

    /// <summary>The first of the fields of the table of codes, one a field.</summary>
    FirstField = 64,
}

/// <summary>All random draws of one patient or record, each found by its place and not by what was drawn before.</summary>
/// <param name="seed">The seed of the cohort.</param>
/// <param name="stream">The patient or record.</param>
internal readonly struct SeerDraws(ulong seed, ulong stream)
{
    private const int SiteShift = 56;
    private const ulong OfPatient = 1UL << 55;
    private const int WordsPerBlock = 4;

    private readonly RandomStream _random = new(seed, stream);

    /// <summary>Returns the draws of a patient.</summary>
    public static SeerDraws Patient(ulong seed, Cohorts.Seer.SeerSite site, int patient) => new(seed, ((ulong)(site + 1) << SiteShift) | OfPatient | (uint)patient);

    /// <summary>Returns the draws of a record.</summary>
    public static SeerDraws Record(ulong seed, Cohorts.Seer.SeerSite site, int record) => new(seed, ((ulong)(site + 1) << SiteShift) | (uint)record);

    /// <summary>Returns a number between 0 and 1, neither of which occurs.</summary>
    public double Uniform(int place) => StayDraws.ToUniform(Word(place));

    /// <inheritdoc cref="Uniform(int)"/>
    public double Uniform(SeerDraw draw) => Uniform((int)draw);

    /// <summary>Returns a draw of the standard normal distribution.</summary>
    public double Normal(int place) => StayDraws.ToNormal(Word(place));

    private uint Word(int place)
    {
        var (first, second, third, fourth) = _random.UInt32x4((ulong)(place / WordsPerBlock));
        return (place % WordsPerBlock) switch { 0 => first, 1 => second, 2 => third, _ => fourth };
    }
}
