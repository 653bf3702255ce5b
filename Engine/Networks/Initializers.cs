using Engine.Numerics;

namespace Engine.Networks;

/// <summary>What the values of a tensor start from.</summary>
internal enum InitialValues
{
    /// <summary>All 0.</summary>
    Zeros,

    /// <summary>A normal distribution of mean 0.</summary>
    Normal,

    /// <summary>Uniform within +- sqrt(6 / (inputs + outputs)), as Keras has it for kernels; Glorot, Bengio, AISTATS 2010.</summary>
    GlorotUniform,

    /// <summary>Random orthonormal columns, or rows where they are fewer.</summary>
    Orthogonal,

    /// <summary>0, and 1 in the second quarter: the forget gates of an LSTM's bias in the order input, forget, cell, output.</summary>
    UnitForgetBias,
}

/// <summary>How the parameters of a network start: one rule a tensor, and draws that depend on the seed and the tensor's name alone.</summary>
internal static class Initializers
{
    /// <summary>Fills a tensor.</summary>
    /// <param name="tensor">Its name and shape, outputs first.</param>
    /// <param name="initial">The rule.</param>
    /// <param name="parameters">All parameters, in the order of files; those of the tensor are written.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="deviation">The standard deviation of <see cref="InitialValues.Normal"/>.</param>
    public static void Fill(NetworkTensor tensor, InitialValues initial, Span<float> parameters, ulong seed, double deviation = 0)
    {
        var values = parameters.Slice(tensor.Offset, tensor.Length);
        var draws = NetworkDraws.OfTensor(seed, tensor.Name);
        switch (initial)
        {
            case InitialValues.Normal:
                Normal(values, deviation, draws);
                break;
            case InitialValues.GlorotUniform:
                GlorotUniform(values, tensor.Shape[1], tensor.Shape[0], draws);
                break;
            case InitialValues.Orthogonal:
                Orthogonal(values, tensor.Shape[0], tensor.Shape[1], draws);
                break;
            case InitialValues.UnitForgetBias:
                values.Clear();
                values.Slice(values.Length / 4, values.Length / 4).Fill(1);
                break;
            default:
                values.Clear();
                break;
        }
    }

    private static void Normal(Span<float> values, double deviation, RandomStream draws)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(deviation * draws.Normal((ulong)i));
    }

    private static void GlorotUniform(Span<float> values, int inputs, int outputs, RandomStream draws)
    {
        var limit = Math.Sqrt(6.0 / ((double)inputs + outputs));
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(limit * ((2 * draws.UniformDouble((ulong)i)) - 1));
    }

    /// <summary>Fills an outputs x inputs matrix whose columns, or rows where they are fewer, are orthonormal.</summary>
    /// <remarks>
    /// <para>An LSTM's recurrent tensor [4 x units, units] is filled whole, as Keras does: its columns are orthonormal over all four gates together, no gate by itself.</para>
    /// <para><b>Computes</b> Gram-Schmidt of normal draws, twice, in double: uniform over all such matrices, as the decompositions of others are.</para>
    /// </remarks>
    private static void Orthogonal(Span<float> values, int outputs, int inputs, RandomStream draws)
    {
        var (count, length) = (Math.Min(outputs, inputs), Math.Max(outputs, inputs));
        var vectors = new double[count][];
        for (var i = 0; i < count; i++)
        {
            var vector = vectors[i] = new double[length];
            for (var j = 0; j < length; j++)
                vector[j] = draws.Normal(((ulong)i * (ulong)length) + (ulong)j);
            // What rounding leaves of the others the first time is gone after the second.
            for (var pass = 0; pass < 2; pass++)
            {
                for (var other = 0; other < i; other++)
                    AddMultiple(vector, vectors[other], -Dot(vector, vectors[other]));
            }

            var scale = 1 / Math.Sqrt(Dot(vector, vector));
            for (var j = 0; j < length; j++)
            {
                vector[j] *= scale;
                var (output, input) = outputs >= inputs ? (j, i) : (i, j);
                values[(output * inputs) + input] = (float)vector[j];
            }
        }
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static void AddMultiple(double[] vector, double[] other, double factor)
    {
        for (var i = 0; i < vector.Length; i++)
            vector[i] += factor * other[i];
    }
}
