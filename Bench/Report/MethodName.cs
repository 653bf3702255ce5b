using Bench.Studies.MainJob;

namespace Bench.Report;

/// <summary>What methods are called for readers; files and options use the short names of <see cref="ResamplingMethod"/>.</summary>
internal static class MethodName
{
    /// <summary>Returns the name of a method for readers.</summary>
    /// <param name="method">A name of <see cref="ResamplingMethod"/>; another comes back as it is.</param>
    /// <param name="units">The number of units that DP chose; null when it did not run.</param>
    public static string TitleOf(string method, int? units = null) => method switch
    {
        ResamplingMethod.None => "No resampling",
        ResamplingMethod.RandomOver => "Random oversampling",
        ResamplingMethod.RandomUnder => "Random undersampling",
        ResamplingMethod.Smote => "SMOTE",
        ResamplingMethod.Adasyn => "ADASYN",
        ResamplingMethod.Gamma => "Gamma oversampling",
        ResamplingMethod.NearMiss1 => "NearMiss-1",
        ResamplingMethod.NearMiss2 => "NearMiss-2",
        ResamplingMethod.NearMiss3 => "NearMiss-3",
        ResamplingMethod.Distant => "Distant",
        ResamplingMethod.BorderlineSmote => "Borderline-SMOTE",
        ResamplingMethod.Tomek => "Tomek links",
        ResamplingMethod.EditedNearest => "Edited neighbors",
        ResamplingMethod.SmoteTomek => "SMOTE, Tomek links",
        ResamplingMethod.SmoteEnn => "SMOTE, edited",
        ResamplingMethod.ClassWeights => "Class weights",
        ResamplingMethod.GroupWeights => "Group weights",
        ResamplingMethod.DoublePrioritized => units is { } count ? $"DP ({count} {(count == 1 ? "unit" : "units")})" : "DP",
        _ => method,
    };
}
