using Bench.Cohorts.Equity.MimicEd;
using Engine.Numerics;

namespace Bench.Cohorts.Equity.Simulated;

/// <summary>Draws simulated visits as files hold them, and how likely their outcomes are. Not for several threads at once.</summary>
/// <param name="seed">The seed of the cohort.</param>
/// <param name="plan">Which patient each visit is of.</param>
internal sealed class MimicEdVisits(ulong seed, MimicEdPlan plan)
{
    private const int Kind = 2;
    private const int FirstCount = 2;
    private const int FirstComplaint = MimicEdColumns.FirstVital + 8;
    private const double OtherComplaints = 0.49;
    private const double SecondComplaint = 0.12;

    /// <summary>What the nurse writes where a patient cannot tell the pain.</summary>
    private const double UntoldPain = 13;

    // Counts of the last 30, 90 and 365 days: visits come in clusters.
    private static readonly double[] s_periods = [0.16, 0.21, 0.63];

    // Of temperature to pain: how often each is missing for itself, beside the visits without any.
    private static readonly double[] s_missing = [0.0190, 0.0035, 0.0115, 0.0125, 0.0065, 0.0090, 0.0290];

    private static readonly MimicEdFinding[] s_complaints = [.. MimicEdFinding.All.Where(finding => finding.Part == MimicEdPart.Complaint)];

    // What often comes second: by place among the complaints.
    private static readonly int[] s_seconds = [3, 6, 6, 5, 1, 7, 1, 5, 9, 2];

    // By group, in the order of MimicEdRaces.Groups, what each part of a visit weighs compared with white patients, in the order of MimicEdPart.
    private static readonly double[][] s_groups =
    [
        [1, 1, 1, 1, 1, 1, 1, 1],
        [0.75, 0.95, 0.9, 1.25, 0.8, 1.4, 0.9, 1.2],
        [0.9, 0.9, 0.9, 0.8, 1.3, 0.7, 1.3, 0.7],
        [1.35, 1.05, 1.15, 0.5, 1.2, 0.6, 1.5, 0.3],
        [1, 1, 1, 1, 1, 1, 1, 1],
    ];

    // Set so that logistic regression comes to about the published areas under the curve.
    private static readonly double[] s_scales = [0.95, 0.85, 0.97];

    private readonly double[] _weights = new double[s_complaints.Length];
    private MimicEdPatient _patient;
    private int _numberOfPatient = -1;

    /// <summary>Gets the patient of the visit drawn last.</summary>
    public ref readonly MimicEdPatient Patient => ref _patient;

    /// <summary>Draws a visit.</summary>
    /// <param name="row">The visit.</param>
    /// <param name="values">Gets the features as files hold them: degrees Fahrenheit, slips of the pen; NaN where missing.</param>
    /// <param name="logOdds">Gets the log odds of the outcomes, in the order of <see cref="MimicEdColumns.Outcomes"/>, up to the intercept of the group.</param>
    public void Draw(int row, Span<double> values, Span<double> logOdds)
    {
        if (plan.Patients[row] != _numberOfPatient)
            (_numberOfPatient, _patient) = (plan.Patients[row], plan.PatientOf(row));
        var draws = new RowDraws(seed, Kind, row);
        values.Clear();
        logOdds.Clear();
        // A visit in three years or so.
        values[0] = Math.Min(_patient.Age + (plan.EarlierVisits(row) / 3), 91 + 12);
        values[MimicEdColumns.Sex] = _patient.IsMale ? 1 : 0;
        DrawCounts(ref draws, values);
        DrawComplaints(ref draws, values);
        for (var i = 0; i < MimicEdFinding.All.Count; i++)
        {
            if (_patient.Illnesses[i])
                values[MimicEdFinding.All[i].Column] = 1;
        }

        var severity = (0.25 * _patient.Organ) + (0.2 * _patient.Heart) + (0.25 * _patient.AgeScore) + draws.Normal();
        DrawVitals(ref draws, severity, values);
        AddLogOdds(values, logOdds);
        Omit(ref draws, severity, values);
        for (var outcome = 0; outcome < logOdds.Length; outcome++)
            logOdds[outcome] *= s_scales[outcome];
    }

    /// <summary>Returns a uniform draw for an outcome of a visit.</summary>
    public static double UniformOf(ulong seed, int outcome, int row) => new RowDraws(seed, Kind + 100 + outcome, row).Uniform();

    private static int DrawCount(ref RowDraws draws, double yearly, Span<double> values, int first)
    {
        var count = 0;
        for (var period = 0; period < s_periods.Length; period++)
            values[first + period] = count += draws.Poisson(yearly * s_periods[period]);
        return count;
    }

    private void DrawCounts(ref RowDraws draws, Span<double> values)
    {
        DrawCount(ref draws, PortableMath.Exp(-0.85 + (1.25 * _patient.Use)), values, FirstCount);
        var stays = _patient.IsKnown ? PortableMath.Exp(-1.1 + (0.6 * _patient.Organ) + (0.35 * _patient.Heart) + (0.55 * _patient.Use)) : 0;
        DrawCount(ref draws, stays, values, FirstCount + s_periods.Length);
        // Nobody was in intensive care more often than in hospital.
        DrawCount(ref draws, 0.1 * stays * PortableMath.Exp(0.4 * _patient.Organ), values, FirstCount + (2 * s_periods.Length));
        for (var period = 0; period < s_periods.Length; period++)
        {
            var (stay, intensive) = (FirstCount + s_periods.Length + period, FirstCount + (2 * s_periods.Length) + period);
            values[intensive] = Math.Min(values[intensive], values[stay]);
        }
    }

    private void DrawComplaints(ref RowDraws draws, Span<double> values)
    {
        var total = OtherComplaints;
        for (var i = 0; i < _weights.Length; i++)
            total += _weights[i] = s_complaints[i].Share * PortableMath.Exp(2 * s_complaints[i].Inclination(_patient));
        var (left, second) = (draws.Uniform() * total, draws.Uniform());
        for (var i = 0; i < _weights.Length; i++)
        {
            left -= _weights[i];
            if (left >= 0)
                continue;
            values[s_complaints[i].Column] = 1;
            if (second < SecondComplaint)
                values[s_complaints[s_seconds[i]].Column] = 1;
            return;
        }
    }

    private void DrawVitals(ref RowDraws draws, double severity, Span<double> values)
    {
        var vitals = values[MimicEdColumns.FirstVital..];
        bool Has(Span<double> all, int complaint) => all[FirstComplaint + complaint] == 1;
        var (isBreathless, isFeverish, isFaint, hurts) = (Has(values, 3), Has(values, 7), Has(values, 8), Has(values, 0) || Has(values, 1) || Has(values, 2) || Has(values, 4));
        var heat = draws.Normal();
        var fever = (isFeverish ? Math.Max(0, 1.2 + (1.3 * heat)) : 0) + (0.18 * severity);
        vitals[0] = Tenth(98.05 + (0.95 * fever) + (0.65 * draws.Normal()));
        vitals[1] = Whole(84.5 + (4.5 * fever) + (3.5 * severity) + (4 * _patient.Pulse) - (3 * _patient.AgeScore) + (13.5 * draws.Normal()), 25, 220);
        vitals[2] = Whole(17.3 + (0.7 * severity) + (isBreathless ? 2 : 0) + (1.7 * draws.Normal()), 6, 60);
        var distress = Math.Max(severity, 0);
        vitals[3] = Whole(98.6 - (0.45 * distress) - (0.3 * distress * distress) - (isBreathless ? 1.3 : 0) - (0.35 * _patient.AgeScore) + (1.4 * draws.Normal()), 60, 100);
        var hypertension = 0.5 * (values[Column("eci_HTN1")] + values[Column("eci_HTN2")]);
        vitals[4] = Whole(132.5 + (10 * hypertension) + (9 * _patient.Pressure) + (4 * _patient.AgeScore) - (3.5 * severity) - (isFaint ? 4 : 0) + (16.5 * draws.Normal()), 50, 270);
        vitals[5] = Whole(77 + (0.4 * (vitals[4] - 134)) - (2 * _patient.AgeScore) + (10 * draws.Normal()), 20, 180);
        var (pain, none) = (draws.Normal(), draws.Uniform());
        vitals[6] = none < (hurts ? 0.12 : 0.5) ? 0 : Whole((hurts ? 6.6 : 5.2) - (0.5 * _patient.AgeScore) + (2.4 * pain), 1, 10);
        vitals[7] = Whole(2.62 - (0.45 * severity) - (isBreathless ? 0.35 : 0) - (isFaint ? 0.3 : 0) - (0.1 * _patient.AgeScore) + (0.48 * draws.Normal()), 1, 5);
    }

    // Vital signs as they are, before any is lost: what nobody wrote down counts none the less.
    private void AddLogOdds(ReadOnlySpan<double> values, Span<double> logOdds)
    {
        var vitals = values[MimicEdColumns.FirstVital..];
        var age = (values[0] - 53) / 20;
        Add(logOdds, MimicEdPart.Person, (0.30 * age) + (0.12 * values[1]), (-0.10 * age) + (0.12 * values[1]), (0.42 * age) + (0.10 * values[1]));
        var acuity = vitals[7] - 2.6;
        Add(logOdds, MimicEdPart.Acuity, -1.35 * acuity, 0.05 * acuity, -1.0 * acuity);
        var (temperature, pulse, breaths) = ((vitals[0] - 98.1) / 0.9, (vitals[1] - 85) / 17, (vitals[2] - 17.5) / 2.3);
        var (oxygen, pressure, pain) = ((vitals[3] - 98) / 2, (vitals[4] - 134) / 22, (vitals[6] - 4) / 3.6);
        Add(
            logOdds,
            MimicEdPart.Vitals,
            (0.08 * temperature) + (0.22 * pulse) + (0.18 * breaths) - (0.2 * oxygen) - (0.3 * pressure) - (0.15 * pain),
            (0.05 * pulse) - (0.03 * pressure) + (0.15 * pain),
            (0.12 * temperature) + (0.16 * pulse) + (0.1 * breaths) - (0.15 * oxygen) - (0.06 * pressure) - (0.05 * pain));
        var (visitsMonth, visitsYear) = (PortableMath.Log1p(values[FirstCount]), PortableMath.Log1p(values[FirstCount + 2]));
        var (staysMonth, staysYear, intensiveYear) = (PortableMath.Log1p(values[FirstCount + 3]), PortableMath.Log1p(values[FirstCount + 5]), PortableMath.Log1p(values[FirstCount + 8]));
        Add(
            logOdds,
            MimicEdPart.Use,
            (-0.1 * visitsMonth) + (0.1 * staysYear) + (0.45 * intensiveYear),
            (0.75 * visitsMonth) + (0.3 * visitsYear) + (0.1 * staysMonth) + (0.1 * staysYear),
            (-0.1 * visitsMonth) - (0.15 * visitsYear) + (0.15 * staysMonth) + (0.38 * staysYear) + (0.1 * intensiveYear));
        foreach (var finding in MimicEdFinding.All)
        {
            if (values[finding.Column] == 1)
                Add(logOdds, finding.Part, finding.Weights[0], finding.Weights[1], finding.Weights[2]);
        }
    }

    private void Add(Span<double> logOdds, MimicEdPart part, double critical, double revisit, double hospitalization)
    {
        var share = s_groups[_patient.Group][(int)part];
        logOdds[0] += share * critical;
        logOdds[1] += share * revisit;
        logOdds[2] += share * hospitalization;
    }

    // Shares of the published table: 4.0, 2.4, 3.2, 3.3, 2.7, 3.0 and 7.5 % after slips of the pen, which are also drawn.
    private static void Omit(ref RowDraws draws, double severity, Span<double> values)
    {
        var vitals = values[MimicEdColumns.FirstVital..];
        var isUnmeasured = draws.Uniform() < Math.Min(1, 0.02 * PortableMath.Exp((0.5 * severity) - 0.15));
        for (var vital = 0; vital < s_missing.Length; vital++)
        {
            if (draws.Uniform() < s_missing[vital] || isUnmeasured)
                vitals[vital] = double.NaN;
        }

        var (inCelsius, untold, doubled) = (draws.Uniform() < 479.0 / 418_100, draws.Uniform() < 11_205.0 / 418_100, draws.Uniform() < 395.0 / 418_100);
        if (inCelsius)
            vitals[0] = Tenth(MimicEdVital.ToCelsius(vitals[0]));
        // A digit too many.
        if (doubled)
            vitals[5] = (10 * vitals[5]) + 400;
        if (untold)
            vitals[6] = UntoldPain;
    }

    private static int Column(string name) => MimicEdColumns.Schema.TryFind(name, out var column) ? column : throw new KeyNotFoundException(name);

    private static double Tenth(double value) => Math.Round(value * 10) / 10;

    private static double Whole(double value, double least, double most) => Math.Clamp(Math.Round(value), least, most);
}
