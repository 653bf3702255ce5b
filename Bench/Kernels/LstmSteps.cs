using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Engine.Data;
using Engine.Networks;
using Engine.Prognosis;
using Tensors = System.Numerics.Tensors.TensorPrimitives;

namespace Bench.Kernels;

/// <summary>The steps of an LSTM of 128 units over the hours of 64 stays of 48 hours, 76 columns each.</summary>
/// <remarks>A step has no public entry of its own: probabilities of stays are timed, of which the output unit is one product in 40,000. The way back is part of <see cref="LstmDecompensation"/> alone.</remarks>
public class LstmSteps : KernelSuite
{
    private const int Units = 128;
    private const int Gates = 4 * Units;
    private const int Hours = 48;

    private readonly float[] _hour = new float[Columns];
    private readonly float[] _gates = new float[Gates];
    private readonly float[] _state = new float[Units];
    private readonly float[] _cell = new float[Units];
    private LabeledSamples _samples = null!;
    private Lstm.Fitted _network = null!;
    private double[] _probabilities = [];

    private int StayCount => 64 / SmallerBy;

    /// <inheritdoc/>
    internal override KernelWork Work => new(
        (long)StayCount * Hours,
        (((double)StayCount * Hours * Columns) + (Gates * (Columns + Units + 1))) * sizeof(float),
        (double)StayCount * Hours * Gates * (Columns + Units),
        PeakOperation.MultiplyAdds);

    /// <inheritdoc/>
    private protected override double Tolerance => 1e-5;

    /// <summary>Products with a row of weights, one by one or by calls; a type argument, so that no form pays for a call through a delegate.</summary>
    private interface IStep
    {
        static abstract float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

        /// <summary>Applies input, forget, cell and output gates to the cell, and gives the state.</summary>
        static abstract void Apply(Span<float> gates, Span<float> cell, Span<float> state);
    }

    /// <summary>Ends the hours.</summary>
    [GlobalCleanup]
    public void End() => _samples.Sequences.Episodes.Hours.Dispose();

    /// <summary>Stay by stay, number by number.</summary>
    [Benchmark(Baseline = true)]
    public double[] Scalar() => Walk<ScalarStep>();

    /// <summary>Stay by stay, a call for each product and gate.</summary>
    [Benchmark]
    public double[] TensorPrimitives() => Walk<TensorStep>();

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
        _samples = NetworkData.Stays(StayCount, Hours, Hours);
        _probabilities = new double[StayCount];
        var model = new Lstm { Architecture = new() { Layers = [new LstmLayer(Units)], Gates = GateActivation.Sigmoid }, Training = new TrainingSettings { Epochs = 1 } };
        _network = (Lstm.Fitted)model.Fit(new TrainingTask(_samples) { Compute = OneThread });
    }

    private protected override IEnumerable<(string Form, double[] Result)> Compute() =>
        [(nameof(Scalar), [.. Scalar()]), (nameof(TensorPrimitives), [.. TensorPrimitives()]), (nameof(Engine), [.. Engine()])];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Walk<TStep>()
        where TStep : struct, IStep
    {
        var parameters = _network.Parameters;
        var inputWeights = parameters[..(Gates * Columns)];
        var stateWeights = parameters.Slice(inputWeights.Length, Gates * Units);
        var biases = parameters.Slice(inputWeights.Length + stateWeights.Length, Gates);
        var output = parameters[^(Units + 1)..];
        var episodes = _samples.Sequences.Episodes;
        for (var stay = 0; stay < StayCount; stay++)
        {
            _state.AsSpan().Clear();
            _cell.AsSpan().Clear();
            for (var hour = 0; hour < Hours; hour++)
            {
                episodes.Hours.CopyRow(episodes.RowOf(stay, hour), _hour);
                for (var gate = 0; gate < Gates; gate++)
                    _gates[gate] = biases[gate] + TStep.Dot(inputWeights.Slice(gate * Columns, Columns), _hour) + TStep.Dot(stateWeights.Slice(gate * Units, Units), _state);
                TStep.Apply(_gates, _cell, _state);
            }

            _probabilities[stay] = 1 / (1 + Math.Exp(-(TStep.Dot(output[..Units], _state) + output[Units])));
        }

        return _probabilities;
    }

    private readonly struct ScalarStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        {
            var sum = 0f;
            for (var i = 0; i < x.Length; i++)
                sum += x[i] * y[i];
            return sum;
        }

        public static void Apply(Span<float> gates, Span<float> cell, Span<float> state)
        {
            for (var unit = 0; unit < Units; unit++)
            {
                cell[unit] = (Sigmoid(gates[Units + unit]) * cell[unit]) + (Sigmoid(gates[unit]) * MathF.Tanh(gates[(2 * Units) + unit]));
                state[unit] = Sigmoid(gates[(3 * Units) + unit]) * MathF.Tanh(cell[unit]);
            }
        }

        private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
    }

    private readonly struct TensorStep : IStep
    {
        public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Tensors.Dot(x, y);

        public static void Apply(Span<float> gates, Span<float> cell, Span<float> state)
        {
            Span<float> input = gates[..Units], forget = gates[Units..(2 * Units)], candidate = gates[(2 * Units)..(3 * Units)], output = gates[(3 * Units)..];
            Tensors.Sigmoid(gates[..(2 * Units)], gates[..(2 * Units)]);
            Tensors.Sigmoid(output, output);
            Tensors.Tanh(candidate, candidate);
            Tensors.Multiply(cell, forget, cell);
            Tensors.MultiplyAdd(input, candidate, cell, cell);
            Tensors.Tanh(cell, state);
            Tensors.Multiply(state, output, state);
        }
    }
}
