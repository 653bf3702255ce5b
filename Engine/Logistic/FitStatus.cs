namespace Engine.Logistic;

/// <summary>How a fit ended; read it before coefficients are called estimates.</summary>
public enum FitStatus
{
    /// <summary>The optimum was found.</summary>
    Converged,

    /// <summary>The iteration limit was reached first, or no part of a step brought anything.</summary>
    IterationLimit,

    /// <summary>Some columns separate the classes: their coefficients grow without end, the optimum does not exist. A ridge penalty gives one, and so does <see cref="LogisticRegression.FitFirth"/>.</summary>
    Separated,

    /// <summary>Some columns are combinations of others; they were left out, with coefficient 0. See <see cref="LogisticFit.LeftOutCoefficients"/>.</summary>
    Singular,
}
