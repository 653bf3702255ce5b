using Engine.Networks;
using Engine.Numerics;

namespace Engine.Tests.Networks;

/// <summary>An LSTM in double, one value at a time: the formulas of the literature, without dropout.</summary>
internal static class DoubleLstm
{
    /// <summary>Returns the probability of class 1 after the first hours of a stay.</summary>
    public static double Probability(LstmCase one, int stay, int hours)
    {
        var observed = new List<double[]>();
        for (var hour = 0; hour < hours; hour++)
        {
            var row = new float[one.Hours.FeatureCount];
            one.Hours.CopyRow(one.Episodes.RowOf(stay, hour), row);
            if (row.Any(value => value != 0))
                observed.Add(Array.ConvertAll(row, value => (double)value));
        }

        double[][] inputs = [.. observed];
        double[] last = [];
        for (var layer = 0; layer < one.Layout.Architecture.Layers.Count; layer++)
        {
            var ways = one.Layout.Directions.Where(direction => direction.Layer == layer).Select(direction => Walk(one, direction, inputs)).ToArray();
            // A way back ends at the first hour.
            last = [.. ways.SelectMany((states, way) => states[way == 0 ? ^1 : 0])];
            inputs = [.. Enumerable.Range(0, inputs.Length).Select(hour => ways.SelectMany(states => states[hour]).ToArray())];
        }

        var logOdds = one.Parameters[one.Layout.OutputBias];
        for (var unit = 0; unit < last.Length; unit++)
            logOdds += one.Parameters[one.Layout.OutputWeights + unit] * last[unit];
        return PortableMath.Logistic(logOdds);
    }

    private static double[][] Walk(LstmCase one, LstmDirection direction, double[][] inputs)
    {
        var units = direction.Units;
        double[] cells = new double[units], state = new double[units];
        var states = new double[inputs.Length][];
        for (var step = 0; step < inputs.Length; step++)
        {
            var hour = direction.IsReversed ? inputs.Length - 1 - step : step;
            var next = new double[units];
            for (var unit = 0; unit < units; unit++)
            {
                var (i, f, g, o) = (Gate(Sum(0, unit)), Gate(Sum(1, unit)), Math.Tanh(Sum(2, unit)), Gate(Sum(3, unit)));
                cells[unit] = (f * cells[unit]) + (i * g);
                next[unit] = o * Math.Tanh(cells[unit]);
            }

            states[hour] = state = next;

            double Sum(int gate, int unit)
            {
                var row = (gate * units) + unit;
                var sum = one.Parameters[direction.Bias + row];
                for (var k = 0; k < direction.InputCount; k++)
                    sum += one.Parameters[direction.InputWeights + (row * direction.InputCount) + k] * inputs[hour][k];
                for (var k = 0; k < units; k++)
                    sum += one.Parameters[direction.StateWeights + (row * units) + k] * state[k];
                return sum;
            }
        }

        return states;

        double Gate(double sum) => one.Layout.Architecture.Gates == GateActivation.HardSigmoid ? Math.Clamp((0.2 * sum) + 0.5, 0, 1) : 1 / (1 + Math.Exp(-sum));
    }
}
