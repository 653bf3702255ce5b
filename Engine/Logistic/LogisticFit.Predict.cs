using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <content>Predictions for rows, fitted or new.</content>
public sealed partial class LogisticFit
{
    /// <summary>Computes the log odds of class 1, intercept + x'b, for every row: what ranks rows without ties that rounding makes.</summary>
    /// <param name="samples">n x p rows of the features that were fitted.</param>
    /// <param name="logOdds">Receives n values.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">Columns differ, or the destination is too short.</exception>
    /// <exception cref="InvalidOperationException">The fit was made with offsets; another overload takes them.</exception>
    public void PredictLogOdds(SampleMatrix samples, Span<double> logOdds, ComputeOptions? options = null)
    {
        RequireNoOffsets();
        Predict<LogOdds, double>(samples, logOdds, nameof(logOdds), [], options);
    }

    /// <summary>Computes the log odds of class 1, intercept + x'b + offset, for every row.</summary>
    /// <param name="samples">n x p rows of the features that were fitted.</param>
    /// <param name="logOdds">Receives n values.</param>
    /// <param name="offsets">n values, finite; also for a fit without offsets, whose log odds they shift.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">Columns or numbers of rows differ, an offset is not finite, or the destination is too short.</exception>
    public void PredictLogOdds(SampleMatrix samples, Span<double> logOdds, ReadOnlySpan<double> offsets, ComputeOptions? options = null)
    {
        CheckOffsets(samples, offsets);
        Predict<LogOdds, double>(samples, logOdds, nameof(logOdds), offsets, options);
    }

    /// <summary>Computes the probability of class 1 for every row, in double.</summary>
    /// <param name="samples">n x p rows of the features that were fitted.</param>
    /// <param name="probabilities">Receives n values in [0, 1]; exactly 1 from log odds of about 37 on, where <see cref="PredictLogOdds(SampleMatrix, Span{double}, ComputeOptions?)"/> still tells rows apart.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">Columns differ, or the destination is too short.</exception>
    /// <exception cref="InvalidOperationException">The fit was made with offsets; another overload takes them.</exception>
    public void PredictProbability(SampleMatrix samples, Span<double> probabilities, ComputeOptions? options = null)
    {
        RequireNoOffsets();
        Predict<Probability, double>(samples, probabilities, nameof(probabilities), [], options);
    }

    /// <summary>Computes the probability of class 1 for every row and its offset, in double.</summary>
    /// <param name="samples">n x p rows of the features that were fitted.</param>
    /// <param name="probabilities">Receives n values in [0, 1]; exactly 1 from log odds of about 37 on.</param>
    /// <param name="offsets">n values, finite; also for a fit without offsets, whose log odds they shift.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">Columns or numbers of rows differ, an offset is not finite, or the destination is too short.</exception>
    public void PredictProbability(SampleMatrix samples, Span<double> probabilities, ReadOnlySpan<double> offsets, ComputeOptions? options = null)
    {
        CheckOffsets(samples, offsets);
        Predict<Probability, double>(samples, probabilities, nameof(probabilities), offsets, options);
    }

    /// <summary>Computes the probability of class 1 for every row, rounded to float.</summary>
    /// <param name="samples">n x p rows of the features that were fitted.</param>
    /// <param name="probabilities">Receives n values in [0, 1]; exactly 1 from log odds of about 17 on, so that rows of high risk tie: rank those by their log odds.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">Columns differ, or the destination is too short.</exception>
    /// <exception cref="InvalidOperationException">The fit was made with offsets; another overload takes them.</exception>
    public void PredictProbability(SampleMatrix samples, Span<float> probabilities, ComputeOptions? options = null)
    {
        RequireNoOffsets();
        Predict<Probability, float>(samples, probabilities, nameof(probabilities), [], options);
    }

    /// <summary>Computes the probability of class 1 for every row and its offset, rounded to float.</summary>
    /// <param name="samples">n x p rows of the features that were fitted.</param>
    /// <param name="probabilities">Receives n values in [0, 1]; exactly 1 from log odds of about 17 on.</param>
    /// <param name="offsets">n values, finite; also for a fit without offsets, whose log odds they shift.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">Columns or numbers of rows differ, an offset is not finite, or the destination is too short.</exception>
    public void PredictProbability(SampleMatrix samples, Span<float> probabilities, ReadOnlySpan<double> offsets, ComputeOptions? options = null)
    {
        CheckOffsets(samples, offsets);
        Predict<Probability, float>(samples, probabilities, nameof(probabilities), offsets, options);
    }

    private static void CheckOffsets(SampleMatrix samples, ReadOnlySpan<double> offsets)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (offsets.Length != samples.RowCount)
            Throw.Argument_LengthsDiffer(nameof(offsets), offsets.Length, nameof(samples), samples.RowCount);
        for (var row = 0; row < offsets.Length; row++)
        {
            if (!double.IsFinite(offsets[row]))
                Throw.Argument_ValueNotFinite(nameof(offsets), row, offsets[row]);
        }
    }

    private void RequireNoOffsets()
    {
        if (HasOffsets)
            Throw.InvalidOperation("the fit was made with Offsets, without which its predictions mean nothing; call the overload that takes offsets, one a row, with zeros for predictions at offset 0.");
    }

    private unsafe void Predict<TPrediction, T>(SampleMatrix samples, Span<T> destination, string name, ReadOnlySpan<double> offsets, ComputeOptions? options)
        where TPrediction : struct, IPrediction<T>
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.FeatureCount != FeatureCoefficients.Length)
            Throw.Argument_FeatureCountsDiffer(nameof(samples), samples.FeatureCount, "the fit", FeatureCoefficients.Length);
        if (destination.Length < samples.RowCount)
            Throw.Argument_DestinationTooShort(name, destination.Length, samples.RowCount);

        using var hold = samples.Hold();
        var coefficients = new double[samples.Stride];
        FeatureCoefficients.CopyTo(coefficients);
        var hasOffsets = !offsets.IsEmpty;
        fixed (T* pinnedDestination = destination)
        fixed (double* pinnedOffsets = offsets)
        {
            // Blocks write to disjoint parts of the caller's memory, which stays pinned while they run.
            var (to, addends) = ((nint)pinnedDestination, (nint)pinnedOffsets);
            samples.ForBlocks((options ?? ComputeOptions.Default).ToParallelOptions(), block =>
            {
                for (var i = 0; i < block.RowCount; i++)
                {
                    var row = block.FirstRow + i;
                    var logOdds = Intercept + WideDot.Compute(block.PaddedRow(i), coefficients);
                    ((T*)to)[row] = TPrediction.From(hasOffsets ? logOdds + ((double*)addends)[row] : logOdds);
                }
            });
        }

        samples.ExchangeRows(destination);
    }

    private interface IPrediction<T>
        where T : unmanaged
    {
        static abstract T From(double logOdds);
    }

    private readonly struct LogOdds : IPrediction<double>
    {
        public static double From(double logOdds) => logOdds;
    }

    private readonly struct Probability : IPrediction<double>, IPrediction<float>
    {
        static double IPrediction<double>.From(double logOdds) => PortableMath.Logistic(logOdds);

        static float IPrediction<float>.From(double logOdds) => (float)PortableMath.Logistic(logOdds);
    }
}
