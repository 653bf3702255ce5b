namespace Engine.Metrics;

/// <summary>What was computed for one group.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="Group">The name of the group.</param>
/// <param name="Value">The result over its rows; null where it is undefined.</param>
public sealed record SubgroupValue<T>(string Group, T? Value)
    where T : struct;
