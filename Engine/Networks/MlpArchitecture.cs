namespace Engine.Networks;

/// <summary>The shape of a multilayer perceptron: ReLU layers with dropout, then one sigmoid unit.</summary>
/// <remarks><b>Source</b>: the network of Hegselmann et al. 2018, which Afrose et al. 2021 train on SEER.</remarks>
public sealed record MlpArchitecture
{
    /// <summary>Gets that of the paper: 20, 20, dropout .1; 28,821 parameters on 1,418 columns.</summary>
    public static MlpArchitecture Paper { get; } = new();

    /// <summary>Gets the units of the hidden layers, each 1 or more; none makes a logistic regression.</summary>
    public IReadOnlyList<int> HiddenUnits { get; init; } = [20, 20];

    /// <summary>Gets the share of units that training drops after every hidden layer, from 0 to below 1; default .1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Gets the standard deviation of the normal distribution that weights start from; default .05. Biases start at 0.</summary>
    public double InitialDeviation { get; init; } = 0.05;
}
