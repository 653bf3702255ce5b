using Bench.Studies.Arms;
using Bench.Studies.Prioritized;

namespace Bench.Report.Prioritized;

/// <summary>What the arms of a study are called for readers.</summary>
internal static class ArmTitle
{
    /// <summary>Returns the name of a method, and for whom it is.</summary>
    public static string Of(ArmName name) => name.Served is { } served ? $"{OfMethod(name)} for {GroupName.TitleOf(served)}" : OfMethod(name);

    /// <summary>Returns the name of the method alone, where it is clear for whom it is.</summary>
    public static string OfMethod(ArmName name) => ResamplingMethod.TitleOf(name.Method);
}
