using Bench.Studies.Claims;
using Bench.Studies.Equity.Claims;

namespace Bench.Studies.Equity;

/// <summary>A study of synthetic rows as its readers see it: which arms are which, and which outcomes of a minority say something.</summary>
/// <param name="Result">What was found.</param>
/// <param name="Statistics">Means and intervals over its repeats.</param>
internal sealed record JudgedEquity(EquityResult Result, EquityStatistics Statistics)
{
    /// <summary>Judges a result.</summary>
    public static JudgedEquity Of(EquityResult result) => new(result, new EquityStatistics(result));

    /// <summary>Gets the place of the baseline.</summary>
    public const int Baseline = 0;

    /// <summary>Gets the places of the arms that paper E calls standard approaches.</summary>
    public IReadOnlyList<int> Standard => Places(arm => arm.Generator is null or { IsOfGroupOnly: true });

    /// <summary>Gets the places of the arms with SMOTE, which makes rows of the group only.</summary>
    public IReadOnlyList<int> Smote => Places(arm => arm.Generator is { IsOfGroupOnly: true });

    /// <summary>Gets the places of upweighting and separate models.</summary>
    public IReadOnlyList<int> UpweightedAndSeparate => Places(arm => arm == EquityArm.Upweighted || arm == EquityArm.Separate);

    /// <summary>Gets the places of the arms with generated rows, group-specific or generic.</summary>
    public IReadOnlyList<int> Generated => Places(arm => arm.Generator is { IsOfGroupOnly: false });

    /// <summary>Gets the places of the arms with group-specific rows.</summary>
    public IReadOnlyList<int> Specific => Places(IsSpecific);

    /// <summary>Gets the places of the group-specific and the generic arm of each generator.</summary>
    public IReadOnlyList<(int Specific, int Generic)> Pairs =>
        [.. Specific.Select(specific => (specific, Places(arm => !arm.LearnsFromGroup && arm.Generator == Result.Arms[specific].Generator)[0]))];

    /// <summary>Gets what speaks for each minority: the first size that was asked for, or the smallest that it has rows for.</summary>
    public IEnumerable<EquitySetting> MainSettings => Result.Settings.GroupBy(setting => setting.Minority).Select(settings =>
        settings.FirstOrDefault(one => one.Size == Result.Options.MinoritySizes[0]) ?? settings.First());

    /// <summary>Lists how like real rows those of the arms with group-specific rows are, of generators that make others too.</summary>
    public static IEnumerable<EquityFidelity> SpecificRowsOf(EquitySetting setting) => setting.Fidelity.Where(rows => IsSpecific(rows.Arm));

    /// <summary>Returns the places of all arms but some.</summary>
    public IReadOnlyList<int> AllBut(IReadOnlyList<int> arms) => [.. Enumerable.Range(0, Result.Arms.Count).Except(arms)];

    /// <summary>Returns the name of an outcome.</summary>
    public string OutcomeName(int outcome) => Result.Outcomes[outcome];

    /// <summary>Lists the outcomes of which a minority has enough rows to judge on.</summary>
    /// <param name="setting">The minority at a size.</param>
    public IEnumerable<int> OutcomesOf(EquitySetting setting) =>
        Enumerable.Range(0, Result.Outcomes.Count).Where(outcome => setting.Repeats.Average(repeat => repeat.TestPositives[outcome]) >= EquityClaims.FewestPositives);

    /// <summary>Measures the outcomes of every minority.</summary>
    /// <param name="measure">Measures an outcome.</param>
    public IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)> OfMinorities(Func<EquitySetting, int, IEnumerable<ClaimMeasure>> measure) =>
        MainSettings.Select(setting => ((string?)setting.Minority, OutcomesOf(setting).SelectMany(outcome => measure(setting, outcome))));

    private static bool IsSpecific(EquityArm arm) => arm is { Generator.IsOfGroupOnly: false, LearnsFromGroup: true };

    private IReadOnlyList<int> Places(Func<EquityArm, bool> isMeant) => [.. Enumerable.Range(0, Result.Arms.Count).Where(place => isMeant(Result.Arms[place]))];
}
