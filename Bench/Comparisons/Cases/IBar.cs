namespace Bench.Comparisons.Cases;

/// <summary>What a case asks of the engine.</summary>
internal interface IBar
{
    /// <summary>Says whether it is met.</summary>
    /// <param name="measured">A case whose result was found right.</param>
    BarOutcome Judge(MeasuredCase measured);

    /// <summary>Gets it in words.</summary>
    string Text { get; }
}
