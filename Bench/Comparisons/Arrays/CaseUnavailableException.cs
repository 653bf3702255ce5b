namespace Bench.Comparisons.Arrays;

/// <summary>A case cannot be run here. The message is the reason that the tables show.</summary>
internal sealed class CaseUnavailableException(string reason) : Exception(reason);
