using Engine.Logistic;
using Engine.Networks;

namespace Engine.Prognosis;

/// <summary>What a model reads of its samples.</summary>
public enum SampleForm
{
    /// <summary>One row of features a sample.</summary>
    Rows,

    /// <summary>The hours of a sample.</summary>
    Sequences,
}

/// <summary>How a fit went.</summary>
/// <param name="Model">The name of the kind of model, such as "logistic".</param>
public sealed record ModelSummary(string Model)
{
    /// <summary>Gets how an iteration to an optimum ended; null for a model that is trained for a number of epochs.</summary>
    public FitStatus? Status { get; init; }

    /// <summary>Gets the epochs, in order; empty for a model without.</summary>
    public IReadOnlyList<EpochReport> Epochs { get; init; } = [];

    /// <summary>Gets the epoch whose parameters the model has, from 1; null for a model without.</summary>
    public int? ChosenEpoch { get; init; }

    /// <summary>Gets the coefficients of a linear model, intercept first; null for another.</summary>
    public IReadOnlyList<double>? Coefficients { get; init; }
}
