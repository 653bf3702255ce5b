namespace Engine.Networks;

/// <summary>What the gates of an LSTM apply to their sums.</summary>
public enum GateActivation
{
    /// <summary>1 / (1 + e^-x), as PyTorch and newer Keras have it.</summary>
    Sigmoid,

    /// <summary>0.2 x + 0.5, no less than 0 and no more than 1, as Keras before version 2.3 has it.</summary>
    HardSigmoid,
}

/// <summary>One layer of an LSTM.</summary>
/// <param name="Units">The units each way, 1 or more; a bidirectional layer passes on twice as many values an hour.</param>
public sealed record LstmLayer(int Units)
{
    /// <summary>Gets whether the layer also reads the hours backwards.</summary>
    public bool IsBidirectional { get; init; }

    /// <summary>Gets the share of input values that training drops, one draw a sequence, gate and value for all hours; 0, the default, to below 1.</summary>
    public double InputDropout { get; init; }
}

/// <summary>The shape of an LSTM: layers over the hours, then one sigmoid unit on the last state.</summary>
/// <remarks><b>Source</b>: the LSTM of Harutyunyan et al. 2019, which Afrose et al. 2021 train.</remarks>
public sealed record LstmArchitecture
{
    /// <summary>Gets that of in-hospital mortality: bidirectional 2 x 8, then 16, dropout .3; 7,569 parameters on 76 columns.</summary>
    public static LstmArchitecture PaperMortality { get; } = new()
    {
        Layers = [new LstmLayer(8) { IsBidirectional = true, InputDropout = 0.3 }, new LstmLayer(16) { InputDropout = 0.3 }],
        OutputDropout = 0.3,
    };

    /// <summary>Gets that of decompensation: 128 units, no dropout; 105,089 parameters on 76 columns.</summary>
    public static LstmArchitecture PaperDecompensation { get; } = new() { Layers = [new LstmLayer(128)] };

    /// <summary>Gets the layers, the one that reads the hours first; at least one.</summary>
    public required IReadOnlyList<LstmLayer> Layers { get; init; }

    /// <summary>Gets the share of last states that training drops before the output unit; 0, the default, to below 1.</summary>
    public double OutputDropout { get; init; }

    /// <summary>Gets what the gates apply; default <see cref="GateActivation.HardSigmoid"/>, that of the Keras of the paper.</summary>
    public GateActivation Gates { get; init; } = GateActivation.HardSigmoid;
}
