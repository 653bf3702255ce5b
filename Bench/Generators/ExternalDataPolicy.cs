namespace Bench.Generators;

/// <summary>Whether rows may be shown to a language model on another machine: simulated ones always, real ones only where the user says so.</summary>
/// <param name="IsRemote">Whether the model is on another machine; neither a file here nor a server at a loopback address is.</param>
/// <param name="IsRealData">Whether the rows are of real persons.</param>
/// <param name="IsAllowed">Whether the user said that they may leave.</param>
internal readonly record struct ExternalDataPolicy(bool IsRemote, bool IsRealData, bool IsAllowed)
{
    /// <summary>Gets whether rows may be shown.</summary>
    public bool MayShow => !IsRemote || !IsRealData || IsAllowed;

    /// <summary>Refuses what may not be.</summary>
    /// <exception cref="ArgumentException">Real rows would leave this machine, and nobody said that they may.</exception>
    public void Check()
    {
        if (!MayShow)
            throw new ArgumentException("the language model is on another machine, and prompts show rows of real patients, which agreements on credentialed data forbid; give --allow-external-data only where yours permits it, or use --generator local, a server on this machine, or a simulated cohort.");
    }

    /// <summary>Says in a sentence what left the machine, for the report.</summary>
    public string Describe() => (IsRemote, IsRealData) switch
    {
        (false, _) => "No rows left this machine.",
        (true, false) => "Simulated rows were shown to a language model on another machine.",
        (true, true) => "Rows of real patients were shown to a language model on another machine, as --allow-external-data permits.",
    };
}
