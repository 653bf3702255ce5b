using System.Runtime.InteropServices;
using Engine.Logistic;

namespace Engine.Interop;

/// <summary>What to fit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeLogistic
{
    public double RidgePenalty;
    public double Tolerance;
    public int MaxIterations;
    public int HasIntercept;

    /// <summary>Whether by Firth's penalized likelihood.</summary>
    public int IsFirth;
}

/// <summary>How a fit ended, beside its coefficients.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeFit
{
    public double LogLikelihood;
    public double NullDeviance;
    public double TotalWeight;

    /// <summary>A <see cref="FitStatus"/>.</summary>
    public int Status;
    public int Iterations;

    /// <summary>Writes a fit into a caller's memory.</summary>
    /// <param name="fit">The fit, of k coefficients.</param>
    /// <param name="coefficients">Receives k values, the intercept first.</param>
    /// <param name="covariance">Receives k x k values.</param>
    /// <param name="leftOut">Receives k bytes, 1 for a coefficient that was left out.</param>
    public static unsafe NativeFit Write(LogisticFit fit, double* coefficients, double* covariance, byte* leftOut)
    {
        var count = fit.Coefficients.Length;
        fit.Coefficients.CopyTo(new Span<double>(coefficients, count));
        for (var i = 0; i < count; i++)
        {
            leftOut[i] = fit.LeftOutCoefficients.Contains(i) ? (byte)1 : (byte)0;
            for (var j = 0; j < count; j++)
                covariance[(i * count) + j] = fit.CovarianceOf(i, j);
        }

        return new NativeFit
        {
            LogLikelihood = fit.LogLikelihood,
            NullDeviance = fit.NullDeviance,
            TotalWeight = fit.TotalWeight,
            Status = (int)fit.Status,
            Iterations = fit.Iterations,
        };
    }
}

/// <summary>Entry points of logistic regression. A fit is its numbers: the caller keeps them, and there is nothing to close.</summary>
internal static unsafe class LogisticEntries
{
    /// <summary>Fits.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="samples">n x p.</param>
    /// <param name="labels">n bytes, 0 or 1.</param>
    /// <param name="weights">n weights, or null.</param>
    /// <param name="options">What to fit.</param>
    /// <param name="coefficients">Receives k coefficients, the intercept first.</param>
    /// <param name="covariance">Receives k x k values.</param>
    /// <param name="leftOut">Receives k bytes.</param>
    /// <param name="result">Receives how it ended.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int Fit(
        NativeCall* call, NativeMatrix* samples, byte* labels, double* weights, NativeLogistic* options, double* coefficients, double* covariance, byte* leftOut, NativeFit* result) =>
        NativeCall.Run(call, compute =>
        {
            var (rows, classes) = (samples->Wrap(), NativeArrays.LabelsOf(labels, samples->RowCount));
            var logistic = new LogisticOptions
            {
                HasIntercept = options->HasIntercept != 0,
                RidgePenalty = options->RidgePenalty,
                Tolerance = options->Tolerance,
                MaxIterations = options->MaxIterations,
                SampleWeights = NativeArrays.CopyOf(weights, samples->RowCount),
                Compute = compute,
            };
            var fit = options->IsFirth != 0 ? LogisticRegression.FitFirth(rows, classes, logistic) : LogisticRegression.Fit(rows, classes, logistic);
            *result = NativeFit.Write(fit, coefficients, covariance, leftOut);
        });

    /// <summary>Predicts rows.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="samples">n x p.</param>
    /// <param name="coefficients">The coefficients, the intercept first.</param>
    /// <param name="hasIntercept">Whether there is one.</param>
    /// <param name="isProbability">Whether probabilities are wanted, or log odds.</param>
    /// <param name="destination">Receives n values.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int Predict(NativeCall* call, NativeMatrix* samples, double* coefficients, int hasIntercept, int isProbability, double* destination) =>
        NativeCall.Run(call, compute =>
        {
            var fit = Restore(coefficients, null, null, samples->ColumnCount, hasIntercept != 0);
            var values = NativeArrays.SpanOf(destination, samples->RowCount);
            if (isProbability != 0)
                fit.PredictProbability(samples->Wrap(), values, compute);
            else
                fit.PredictLogOdds(samples->Wrap(), values, compute);
        });

    /// <summary>Computes the covariance of the coefficients of a fit that holds for rows of unequal variance, or of clusters.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="samples">The n x p rows that were fitted.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="weights">Their weights, or null.</param>
    /// <param name="options">What was fitted.</param>
    /// <param name="coefficients">The k coefficients.</param>
    /// <param name="covariance">Their k x k covariance.</param>
    /// <param name="leftOut">k bytes.</param>
    /// <param name="clusters">The cluster of each row, or null.</param>
    /// <param name="crossed">That by another way, or null.</param>
    /// <param name="factor">A <see cref="SmallSampleFactor"/>.</param>
    /// <param name="hasCountsAsWeights">Whether a weight is a number of rows.</param>
    /// <param name="robust">Receives k x k values.</param>
    /// <param name="clusterCount">Receives the number of clusters.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int RobustErrors(
        NativeCall* call,
        NativeMatrix* samples,
        byte* labels,
        double* weights,
        NativeLogistic* options,
        double* coefficients,
        double* covariance,
        byte* leftOut,
        int* clusters,
        int* crossed,
        int factor,
        int hasCountsAsWeights,
        double* robust,
        int* clusterCount) =>
        NativeCall.Run(call, compute =>
        {
            var rowCount = samples->RowCount;
            var fit = Restore(coefficients, covariance, leftOut, samples->ColumnCount, options->HasIntercept != 0);
            var errors = fit.RobustErrors(
                samples->Wrap(),
                NativeArrays.LabelsOf(labels, rowCount),
                new()
                {
                    Clusters = NativeArrays.CopyOf(clusters, rowCount),
                    CrossedClusters = NativeArrays.CopyOf(crossed, rowCount),
                    Factor = (SmallSampleFactor)factor,
                    HasCountsAsWeights = hasCountsAsWeights != 0,
                },
                new() { HasIntercept = fit.HasIntercept, RidgePenalty = options->RidgePenalty, SampleWeights = NativeArrays.CopyOf(weights, rowCount), Compute = compute });
            var count = fit.Coefficients.Length;
            for (var i = 0; i < count * count; i++)
                robust[i] = errors.CovarianceOf(i / count, i % count);
            *clusterCount = errors.ClusterCount;
        });

    /// <summary>Computes intervals and tests by the profile of Firth's penalized likelihood.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="samples">The n x p rows that were fitted.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="weights">Their weights, or null.</param>
    /// <param name="options">What was fitted.</param>
    /// <param name="coefficients">The k coefficients.</param>
    /// <param name="covariance">Their k x k covariance.</param>
    /// <param name="leftOut">k bytes.</param>
    /// <param name="confidence">That of the intervals.</param>
    /// <param name="profiles">Receives k x (lower end, upper end, chi-squared, p); NaN of a coefficient that was left out.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int FirthProfiles(
        NativeCall* call,
        NativeMatrix* samples,
        byte* labels,
        double* weights,
        NativeLogistic* options,
        double* coefficients,
        double* covariance,
        byte* leftOut,
        double confidence,
        double* profiles) =>
        NativeCall.Run(call, compute =>
        {
            var fit = Restore(coefficients, covariance, leftOut, samples->ColumnCount, options->HasIntercept != 0);
            var (rows, classes) = (samples->Wrap(), NativeArrays.LabelsOf(labels, samples->RowCount));
            var fitted = new LogisticOptions
            {
                HasIntercept = fit.HasIntercept,
                Tolerance = options->Tolerance,
                MaxIterations = options->MaxIterations,
                SampleWeights = NativeArrays.CopyOf(weights, samples->RowCount),
                Compute = compute,
            };
            for (var i = 0; i < fit.Coefficients.Length; i++)
            {
                var numbers = new Span<double>(profiles + (4 * i), 4);
                numbers.Fill(double.NaN);
                if (leftOut[i] != 0)
                    continue;
                var profile = fit.FirthProfileOf(i, rows, classes, confidence, fitted);
                (numbers[0], numbers[1], numbers[2], numbers[3]) = (profile.Lower, profile.Upper, profile.ChiSquared, profile.PValue);
            }
        });

    /// <summary>Makes a fit of the numbers that a caller kept.</summary>
    private static LogisticFit Restore(double* coefficients, double* covariance, byte* leftOut, int featureCount, bool hasIntercept)
    {
        var count = featureCount + (hasIntercept ? 1 : 0);
        return new LogisticFit(FitStatus.Converged, hasIntercept, NativeArrays.CopyOf(coefficients, count), () => NativeArrays.CopyOf(covariance, (long)count * count))
        {
            HasOffsets = false,
            HasAddedRows = false,
            LeftOutCoefficients = [.. Enumerable.Range(0, count).Where(i => leftOut is not null && leftOut[i] != 0)],
            SeparatingCoefficients = [],
            LogLikelihood = 0,
            NullDeviance = 0,
            TotalWeight = 0,
            Iterations = 0,
        };
    }
}
