using System.Text;
using Bench.Cohorts.Seer;
using Engine.Numerics;

namespace Bench.Cohorts.Simulated.Seer;

/// <summary>Draws records: what stands in each field of each.</summary>
/// <param name="seed">The seed of the cohort.</param>
/// <param name="site">The cancer.</param>
internal sealed class SeerRecordModel(ulong seed, SeerSite site)
{
    /// <summary>The most records: numbers of patients have eight digits.</summary>
    public const int MaximumRecords = 80_000_000;

    private const int FirstPatient = 10_000_001;
    private const double SecondShare = 0.015;
    private const double ShareWithClassOfBreast = 248_750.0 / 275_167;
    private const double ShareWithClassOfLung = 205_554.0 / 229_011;
    private const double UnknownAgeShare = 0.0005;
    private const int UnknownAge = 999;
    private const int FirstYear = 2004;
    private const int Years = 6;
    private const int FollowUpMonths = 60;
    private const int LastMonth = 131;

    private static readonly SeerField s_yearOfBirth = SeerFields.Get("Year of birth");
    private static readonly SeerField s_yearOfDiagnosis = SeerFields.Get("Year of diagnosis");
    private static readonly SeerField s_ageRecode = SeerFields.Get("Age recode <1 year olds");
    private static readonly SeerField s_raceDetail = SeerFields.Get("Race/ethnicity");
    private static readonly SeerField s_originDetail = SeerFields.Get("NHIA Derived Hisp Origin");
    private static readonly SeerField s_raceRecodeA = SeerFields.Get("Race recode A");
    private static readonly SeerField s_tumorSize = SeerFields.Get("CS Tumor size");
    private static readonly SeerField s_positiveNodes = SeerFields.Get("EOD 10 - positive lymph nodes examined");
    private static readonly SeerField s_examinedNodes = SeerFields.Get("EOD 10 - number of lymph nodes examined");

    private static readonly int[] s_asianDetails = [4, 5, 6, 7, 8, 10, 13, 14, 15, 16, 17, 20, 21, 22, 25, 26, 27, 28, 30, 31, 32, 96];
    private static readonly (int Code, double Share)[] s_sequences = [(0, .78), (1, .1), (3, .02), (4, .008), (5, .003), (60, .004), (62, .002), (99, .003), (2, .08)];
    private static readonly (int Code, double Share)[] s_sizeCodes = [(990, .008), (991, .003), (992, .003), (993, .002), (994, .002), (995, .002), (996, .001), (997, .001), (998, .003), (989, .001), (999, .05)];
    private static readonly (int Code, double Share)[] s_positiveCodes = [(90, .001), (95, .003), (97, .008), (99, .015), (98, .12)];
    private static readonly (int Code, double Share)[] s_examinedCodes = [(90, .001), (95, .004), (96, .003), (97, .006), (98, .008), (99, .012), (0, .12)];

    private readonly IReadOnlyList<SeerCodes> _codes = SeerCodes.Load(site);

    /// <summary>Returns whether it is known if the patient of a record survived five years.</summary>
    /// <param name="record">The record, from 0.</param>
    public bool HasClass(int record) =>
        SeerDraws.Record(seed, site, record).Uniform(SeerDraw.HasClass) < (site == SeerSite.Breast ? ShareWithClassOfBreast : ShareWithClassOfLung);

    /// <summary>Returns the numbers of patient and record.</summary>
    /// <param name="record">The record, from 0.</param>
    public (int Patient, int Number) Identify(int record) => IsSecond(record) ? (FirstPatient + record - 1, 2) : (FirstPatient + record, 1);

    /// <summary>Writes a record.</summary>
    /// <param name="record">The record, from 0.</param>
    /// <param name="text">Receives its 362 characters.</param>
    public void Write(int record, Span<byte> text)
    {
        text.Fill((byte)' ');
        var draws = SeerDraws.Record(seed, site, record);
        var (patient, number) = Identify(record);
        Put(text, SeerFields.Patient, patient);
        Put(text, SeerFields.Record, number);
        var person = SeerDraws.Patient(seed, site, patient - FirstPatient);
        var demographics = SeerPatient.Draw(person, site);
        var findings = SeerFindings.Draw(draws);
        foreach (var (place, codes) in _codes.Index())
            Encoding.ASCII.GetBytes(codes.Draw(findings, draws.Normal((int)SeerDraw.FirstField + place)), text[codes.Field.Start..]);
        WriteDemographics(text, demographics, person, draws);
        WriteFindings(text, findings, draws);
        Put(text, SeerFields.Sequence, number == 2 ? 2 : s_sequences[SeerPatient.Pick(draws.Uniform(SeerDraw.Sequence), s_sequences, static row => row.Share)].Code);
        WriteOutcome(text, draws.Uniform(SeerDraw.Outcome) < SeerPrognosis.Death(demographics, findings, site), HasClass(record), draws);
    }

    private static void WriteDemographics(Span<byte> text, in SeerPatient patient, in SeerDraws person, in SeerDraws draws)
    {
        Put(text, SeerFields.Sex, patient.Sex);
        Put(text, SeerFields.Race, patient.Race);
        Put(text, s_raceRecodeA, patient.Race);
        Put(text, SeerFields.Origin, patient.IsHispanic ? 1 : 0);
        Put(text, s_originDetail, patient.IsHispanic ? 1 + (int)(8 * person.Uniform(SeerDraw.OriginDetail)) : 0);
        // More of the first than of the last: the square of a uniform number.
        var detail = person.Uniform(SeerDraw.RaceDetail);
        Put(text, s_raceDetail, patient.Race == 4 ? s_asianDetails[(int)(detail * detail * s_asianDetails.Length)] : patient.Race == 9 ? 99 : patient.Race);
        var year = FirstYear + (int)(draws.Uniform(SeerDraw.Year) * Years);
        Put(text, s_yearOfDiagnosis, year);
        var isKnown = person.Uniform(SeerDraw.UnknownAge) >= UnknownAgeShare;
        Put(text, SeerFields.Age, isKnown ? patient.Age : UnknownAge);
        Put(text, s_ageRecode, isKnown ? Math.Min((patient.Age / 5) + 1, 18) : 99);
        if (isKnown)
            Put(text, s_yearOfBirth, year - patient.Age);
    }

    private static void WriteFindings(Span<byte> text, in SeerFindings findings, in SeerDraws draws)
    {
        var size = (int)PortableMath.Exp(2.9 + (0.65 * findings.Show(SeerFinding.Tumor, 0.9, draws.Normal((int)SeerDraw.TumorSize))));
        PutOrCode(text, s_tumorSize, Math.Clamp(size, 1, 988), draws.Uniform(SeerDraw.TumorSizeCode), s_sizeCodes);
        var nodes = findings.Show(SeerFinding.Nodes, 0.9, draws.Normal((int)SeerDraw.PositiveNodes));
        PutOrCode(text, s_positiveNodes, nodes < 0.4 ? 0 : Math.Min((int)PortableMath.Exp(1.3 * nodes), 89), draws.Uniform(SeerDraw.PositiveNodesCode), s_positiveCodes);
        var examined = (int)PortableMath.Exp(1.6 + (0.9 * draws.Normal((int)SeerDraw.ExaminedNodes)));
        PutOrCode(text, s_examinedNodes, Math.Clamp(examined, 1, 89), draws.Uniform(SeerDraw.ExaminedNodesCode), s_examinedCodes);
    }

    private static void WriteOutcome(Span<byte> text, bool dies, bool hasClass, in SeerDraws draws)
    {
        var months = draws.Uniform(SeerDraw.Months);
        var diesLater = draws.Uniform(SeerDraw.LaterDeath);
        // Without a class: lost from sight, or dead of something else, early; or with months that nobody knows.
        var (survived, cause) = hasClass
            ? dies ? ((int)(months * FollowUpMonths), 1) : (FollowUpMonths + (int)(months * (LastMonth - FollowUpMonths + 1)), diesLater < 0.1 ? 1 : 0)
            : diesLater < 0.02 ? (9999, 0) : ((int)(months * FollowUpMonths), 0);
        Put(text, SeerFields.SurvivalMonths, survived);
        Put(text, SeerFields.CauseOfDeath, cause);
    }

    private static void PutOrCode(Span<byte> text, SeerField field, int value, double ticket, (int Code, double Share)[] codes)
    {
        foreach (var (code, share) in codes)
        {
            if (ticket < share)
            {
                value = code;
                break;
            }

            ticket -= share;
        }

        Put(text, field, value);
    }

    private static void Put(Span<byte> text, SeerField field, int value)
    {
        for (var place = field.Start + field.Width - 1; place >= field.Start; place--)
        {
            text[place] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }

    // The record before is then the first of the same patient.
    private bool IsSecond(int record) => record > 0 && DrawsSecond(record) && !DrawsSecond(record - 1);

    private bool DrawsSecond(int record) => SeerDraws.Record(seed, site, record).Uniform(SeerDraw.IsSecond) < SecondShare;
}
