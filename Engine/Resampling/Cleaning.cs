using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>What cleaning rules share: the rows that may be removed, the plan.</summary>
internal static class Cleaning
{
    /// <summary>Returns the rows that may be removed.</summary>
    public static RowMask RowsOf(CleanedClasses classes, ClassBalance balance, Labels labels) => classes switch
    {
        CleanedClasses.Majority => labels.ToMask(balance.MajorityClass),
        CleanedClasses.Minority => labels.ToMask(balance.MinorityClass),
        _ => RowMask.All(labels.Count),
    };

    /// <summary>Returns the classes whose rows may be removed.</summary>
    public static IReadOnlyList<byte> LabelsOf(CleanedClasses classes, ClassBalance balance) => classes switch
    {
        CleanedClasses.Majority => [balance.MajorityClass],
        CleanedClasses.Minority => [balance.MinorityClass],
        _ => [0, 1],
    };

    /// <summary>Refuses values that name no classes.</summary>
    public static void Check(CleanedClasses classes)
    {
        if (!Enum.IsDefined(classes))
            Throw.ArgumentOutOfRange(nameof(TomekLinks.Classes), classes, "Majority, Minority or Both");
    }

    /// <summary>Keeps all rows but those removed.</summary>
    public static ResamplingPlan KeepAllBut(RowMask removed) =>
        ResamplingPlan.Keep(removed.RowCount, removed.Not().ToRows());
}
