namespace Bench.Studies;

/// <summary>What an exception says to somebody who does not call the library.</summary>
internal static class UserText
{
    private const string LeaveClass = "leave the class as it is";
    private const string LeaveMethod = "leave the method out of --methods";

    private static readonly string[] s_withNeighborOption =
        ["smote", "borderline-smote", "adasyn", "smote-tomek", "smote-enn", "dp-smote", "dp-adasyn"];

    /// <summary>Returns the message without the name of the parameter that .NET adds to it.</summary>
    public static string Of(Exception error) =>
        error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;

    /// <summary>Returns why a method was skipped, with the options of the command line in place of the library's properties.</summary>
    public static string OfSkipped(string method, Exception error) => s_withNeighborOption.Contains(method)
        ? Of(error).Replace("NeighborCount", "--neighbors", StringComparison.Ordinal).Replace(LeaveClass, LeaveMethod, StringComparison.Ordinal)
        : Of(error)
            .Replace($"lower CandidateNeighborCount or {LeaveClass}", LeaveMethod, StringComparison.Ordinal)
            .Replace($"lower NeighborCount or {LeaveClass}", LeaveMethod, StringComparison.Ordinal)
            .Replace("CandidateNeighborCount", "its number of candidates", StringComparison.Ordinal)
            .Replace("NeighborCount", "its number of neighbors", StringComparison.Ordinal);
}
