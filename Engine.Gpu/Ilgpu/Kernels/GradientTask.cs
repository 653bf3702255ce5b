using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Some rows of a pass of many models on the device, and their sums. Models lie side by side: entry (i, model) is at i x <see cref="ModelCount"/> + model.</summary>
internal struct GradientTask
{
    /// <summary>The rows, their labels and weights, and how many columns they and the models have.</summary>
    public IrlsTask Rows;

    /// <summary>One a column and model.</summary>
    public ArrayView<double> Coefficients;

    /// <summary>Receives w (y - m) of each row and model; NaN for rows of weight 0.</summary>
    public ArrayView<double> Residuals;

    /// <summary>Receives the weight that all rows of a step have; 1 where they have several, which are then in <see cref="StepTerms"/>; 0 where a step has no rows.</summary>
    public ArrayView<double> StepWeights;

    /// <summary>Receives for each step and model what its log-likelihood is made of: the linear part, and of the product of 1 + odds what is beyond 1.</summary>
    public ArrayView<double> StepTerms;

    /// <summary>For each run that the rows touch, column and model, the gradient of its rows so far.</summary>
    public ArrayView<double> Runs;

    /// <summary>The gradients of the runs of the span that has not ended, one a column and model.</summary>
    public ArrayView<double> Span;

    /// <summary>The gradients of the spans that ended, one a column and model.</summary>
    public ArrayView<double> Sums;

    /// <summary>One number, 1 where the log odds of a row are beyond what the formulas in lanes hold.</summary>
    public ArrayView<int> Beyond;

    public int ModelCount;

    /// <summary>How many rows the first of the runs had before these.</summary>
    public int RowsBefore;

    /// <summary>How many runs end with these rows.</summary>
    public int EndedRuns;

    /// <summary>How many runs the span had before these.</summary>
    public int RunsBefore;

    /// <summary>1 where no rows follow, which ends the span, else 0.</summary>
    public int IsLast;
}
