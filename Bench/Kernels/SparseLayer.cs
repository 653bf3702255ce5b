using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Engine.Data;
using Engine.Networks;
using Engine.Prognosis;
using Tensors = System.Numerics.Tensors.TensorPrimitives;

namespace Bench.Kernels;

/// <summary>The first layer of a network on rows of 1,418 columns of which one value in twenty is 1: 20 units of 16,384 rows.</summary>
/// <remarks>A layer has no public entry of its own: probabilities of a network of this layer and an output unit are timed, which has a seventieth of its products. The way back is part of <see cref="MlpEncodedRows"/> alone.</remarks>
public class SparseLayer : KernelSuite
{
    private const int Units = 20;

    /// <summary>One value in so many is not 0.</summary>
    private const int ValuesPerOne = 20;

    private readonly float[] _sums = new float[Units];
    private LabeledSamples _samples = null!;
    private Mlp.Fitted _network = null!;
    private float[] _rows = [];
    private float[] _weights = [];
    private double[] _probabilities = [];

    private int RowCount => 16_384 / SmallerBy;

    /// <inheritdoc/>
    internal override KernelWork Work => new(
        RowCount,
        (double)RowCount * NetworkData.EncodedColumns * sizeof(float),
        (double)RowCount * NetworkData.EncodedColumns / ValuesPerOne * Units,
        PeakOperation.MultiplyAdds);

    /// <inheritdoc/>
    private protected override double Tolerance => 1e-5;

    private ReadOnlySpan<float> Biases => _network.Parameters.Slice(NetworkData.EncodedColumns * Units, Units);

    private ReadOnlySpan<float> Output => _network.Parameters[^(Units + 1)..];

    /// <summary>Ends the rows.</summary>
    [GlobalCleanup]
    public void End() => _samples.Rows.Dispose();

    /// <summary>Number by number, zeros left out.</summary>
    [Benchmark(Baseline = true)]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Scalar()
    {
        var stride = _samples.Rows.Stride;
        for (var row = 0; row < RowCount; row++)
        {
            var values = _rows.AsSpan(row * stride, NetworkData.EncodedColumns);
            var sums = _sums.AsSpan();
            sums.Clear();
            for (var column = 0; column < values.Length; column++)
            {
                if (values[column] == 0)
                    continue;
                var weights = _weights.AsSpan(column * Units, Units);
                for (var unit = 0; unit < sums.Length; unit++)
                    sums[unit] += values[column] * weights[unit];
            }

            _probabilities[row] = ProbabilityOf(sums);
        }

        return _probabilities;
    }

    /// <summary>Searches the next value that is not 0, then a call for its weights.</summary>
    [Benchmark]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] TensorPrimitives()
    {
        var stride = _samples.Rows.Stride;
        for (var row = 0; row < RowCount; row++)
        {
            var values = _rows.AsSpan(row * stride, NetworkData.EncodedColumns);
            var sums = _sums.AsSpan();
            sums.Clear();
            for (int column = -1, skipped; (skipped = values[(column + 1)..].IndexOfAnyExcept(0f)) >= 0;)
            {
                column += 1 + skipped;
                Tensors.MultiplyAdd(_weights.AsSpan(column * Units, Units), values[column], sums, sums);
            }

            _probabilities[row] = ProbabilityOf(sums);
        }

        return _probabilities;
    }

    /// <summary>The network of the engine.</summary>
    [Benchmark]
    public double[] Engine()
    {
        _network.Predict(_samples, _probabilities, OneThread);
        return _probabilities;
    }

    /// <inheritdoc/>
    internal override void RunEngine() => Engine();

    private protected override void Create()
    {
        _samples = NetworkData.EncodedRows(RowCount);
        (_rows, _probabilities) = (KernelData.Padded(_samples.Rows), new double[RowCount]);
        var model = new Mlp { Architecture = new() { HiddenUnits = [Units] }, Training = new TrainingSettings { Epochs = 1, BatchSize = 256 } };
        _network = (Mlp.Fitted)model.Fit(new TrainingTask(_samples) { Compute = OneThread });
        // The file has the weights of a unit one after the other; here those of a column are.
        _weights = new float[NetworkData.EncodedColumns * Units];
        for (var i = 0; i < _weights.Length; i++)
            _weights[(i % NetworkData.EncodedColumns * Units) + (i / NetworkData.EncodedColumns)] = _network.Parameters[i];
    }

    private protected override IEnumerable<(string Form, double[] Result)> Compute() =>
        [(nameof(Scalar), [.. Scalar()]), (nameof(TensorPrimitives), [.. TensorPrimitives()]), (nameof(Engine), [.. Engine()])];

    private double ProbabilityOf(Span<float> sums)
    {
        Tensors.Add(sums, Biases, sums);
        Tensors.Max(sums, 0, sums);
        return 1 / (1 + Math.Exp(-(Tensors.Dot(sums, Output[..Units]) + Output[Units])));
    }
}
