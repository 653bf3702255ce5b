using System.Text.Json.Nodes;
using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Networks;

/// <summary>Logits, losses, gradients and two steps of Adam by torch in float64.</summary>
public sealed class LstmGoldenTests
{
    // The golden file asks for it.
    private const double Relative = 1e-11;

    // Inputs by formula are no float32 numbers: rounding them moves a sum of 76 by some 1e-7.
    private const double OfRoundedInputs = 2e-6;

    private static readonly string[] s_names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "head_W", "head_b"];

    public static TheoryData<string> Cases => ["tiny", "b3_t5_d4_h3", "padded_lengths", "realistic_48x76_h16_b8"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TwoSteps_Golden_AreTheirs(string name)
    {
        var golden = Golden.Load("lstm.json")["cases"]!.AsArray().Single(one => (string?)one!["name"] == name)!;
        var (count, hours, features, units) = ((int)golden["B"]!, (int)golden["T"]!, (int)golden["D"]!, (int)golden["H"]!);
        var tolerance = golden["X"] is null ? OfRoundedInputs : Relative;
        var layout = new LstmLayout(new LstmArchitecture { Layers = [new LstmLayer(units)], Gates = GateActivation.Sigmoid }, features);
        var values = golden["X"] is { } given ? [.. given.As<double[][][]>().SelectMany(sample => sample).SelectMany(row => row)] : Formula(10, count * hours * features, 2);
        var rows = SampleMatrix.Wrap(Array.ConvertAll(values, value => (float)value), count * hours, features);
        var lengths = golden["lengths"]?.Ints() ?? [.. Enumerable.Repeat(hours, count)];
        var tensors = s_names.ToDictionary(tensor => tensor, tensor => golden["params"] is { } parameters ? Flat(parameters[tensor]!) : OfFormula(tensor, units, features));
        var adam = s_names.ToDictionary(tensor => tensor, tensor => new DoubleAdam(tensors[tensor].Length, (double)golden["adam_lr"]!));

        foreach (var step in golden["steps"]!.AsArray())
        {
            double[] parameters = [.. tensors["weight_ih"], .. tensors["weight_hh"], .. tensors["bias_ih"].Zip(tensors["bias_hh"], (left, right) => left + right), .. tensors["head_W"], .. tensors["head_b"]];
            var group = new LstmGroup();
            for (var sample = 0; sample < count; sample++)
            {
                group.Add(rows, sample * hours, lengths[sample], sample);
                group.Add(new LstmPoint(lengths[sample], sample, 1, (byte)golden["y"].Doubles()[sample]));
            }

            using var batch = new LstmBatch<double>(layout, 0, ComputeOptions.Default);
            var gradient = new double[layout.ParameterCount];
            var loss = batch.Compute(parameters, group.Sequences, group.Points, count, 0, gradient);
            AssertNear([(double)step!["loss"]!], [loss / count], tolerance);
            AssertProbabilities(batch.Weights, group, step["logits"].Doubles(), tolerance);

            var (weightIh, weightHh, bias) = (gradient[..(4 * units * features)], gradient.AsSpan(4 * units * features, 4 * units * units).ToArray(), gradient.AsSpan(4 * units * (features + units), 4 * units).ToArray());
            double[][] slopes = [weightIh, weightHh, bias, bias, gradient[layout.OutputWeights..layout.OutputBias], gradient[layout.OutputBias..]];
            foreach (var (tensor, slope) in s_names.Zip(slopes))
            {
                AssertTensor(step["grads"]![tensor]!, slope, tolerance);
                adam[tensor].Step(tensors[tensor], slope);
                AssertTensor(step["params_after_step"]![tensor]!, tensors[tensor], tolerance);
            }
        }
    }

    private static void AssertProbabilities(LstmWeights<double> weights, LstmGroup group, double[] logits, double tolerance)
    {
        using var walker = LstmWalker<double>.Create(weights);
        var probabilities = new double[logits.Length];
        walker.Predict(group.Sequences, group.Points, probabilities);
        AssertNear([.. logits.Select(PortableMath.Logistic)], probabilities, tolerance);
    }

    /// <summary>Asserts a tensor, of which a large one is told by its ends and the sum of its sizes.</summary>
    private static void AssertTensor(JsonNode expected, double[] actual, double tolerance)
    {
        if (expected is JsonArray)
        {
            AssertNear(Flat(expected), actual, tolerance);
            return;
        }

        var (first, last, largest) = (expected["first8"].Doubles(), expected["last8"].Doubles(), actual.Max(Math.Abs));
        Assert.Equal(1, actual.Sum(Math.Abs) / (double)expected["sum_abs"]!, tolerance);
        foreach (var (value, other) in first.Zip(actual).Concat(last.Reverse().Zip(actual.Reverse())))
            Assert.Equal(value, other, tolerance * largest);
    }

    /// <summary>Asserts that values differ by a share of the largest.</summary>
    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        foreach (var (value, other) in expected.Zip(actual))
            Assert.Equal(value, other, tolerance * largest);
    }

    private static double[] Flat(JsonNode node) => node[0] is JsonArray ? [.. node.Rows().SelectMany(row => row)] : node.Doubles();

    private static double[] OfFormula(string tensor, int units, int features)
    {
        int[] lengths = [4 * units * features, 4 * units * units, 4 * units, 4 * units, units, 1];
        var salt = Array.IndexOf(s_names, tensor);
        return Formula(salt, lengths[salt], salt is 2 or 3 ? 0.4 : 0.8);
    }

    private static double[] Formula(long salt, int length, double scale) =>
        [.. Enumerable.Range(0, length).Select(j => ((((((j + 1 + (salt * 1009)) * 7919) + 104729) % 2003) / 2003.0) - 0.5) * scale)];

    /// <summary>Adam as torch has it, one value at a time.</summary>
    private sealed class DoubleAdam(int length, double learningRate)
    {
        private readonly double[] _means = new double[length];
        private readonly double[] _squares = new double[length];
        private int _step;

        public void Step(double[] values, double[] slopes)
        {
            _step++;
            for (var i = 0; i < length; i++)
            {
                _means[i] = (0.9 * _means[i]) + (0.1 * slopes[i]);
                _squares[i] = (0.999 * _squares[i]) + (0.001 * slopes[i] * slopes[i]);
                values[i] -= learningRate * (_means[i] / (1 - Math.Pow(0.9, _step))) / (Math.Sqrt(_squares[i] / (1 - Math.Pow(0.999, _step))) + 1e-8);
            }
        }
    }
}
