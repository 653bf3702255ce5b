namespace Bench.Comparisons.Cases;

/// <summary>A case that a command can choose by name, and make smaller.</summary>
/// <typeparam name="TCase">The kind of case.</typeparam>
internal interface IPlannedCase<out TCase>
{
    /// <summary>Gets its name on the command line.</summary>
    string Name { get; }

    /// <summary>Gets whether the case is one of the largest, which a quick run leaves out.</summary>
    bool IsLarge { get; }

    /// <summary>Returns the same case with a tenth of the rows.</summary>
    TCase ToQuick();
}
