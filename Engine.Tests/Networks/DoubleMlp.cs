using Engine.Networks;
using Engine.Numerics;

namespace Engine.Tests.Networks;

/// <summary>The network's own kernels in float64, where goldens and finite differences are sharp; parameters in the order of files.</summary>
internal sealed unsafe class DoubleMlp : IDisposable
{
    private readonly MlpShape _shape;
    private readonly MlpWeights<double> _weights;
    private readonly MlpPass<double> _pass;
    private readonly MlpBatch _batch;
    private readonly float[][] _rows;
    private readonly NativeBuffer<float> _memory;

    public DoubleMlp(MlpArchitecture architecture, float[][] rows)
    {
        _shape = new MlpShape(architecture, rows[0].Length);
        _weights = new MlpWeights<double>(_shape);
        _pass = MlpPass<double>.Create(_weights);
        _batch = new MlpBatch(rows.Length, rows[0].Length);
        _rows = rows;
        _memory = new NativeBuffer<float>(rows.Length * rows[0].Length);
        _batch.Clear(isSparse: false);
        foreach (var (index, row) in rows.Index())
        {
            row.CopyTo(new Span<float>(_memory.Pointer + (index * row.Length), row.Length));
            _batch.Add(_memory.Pointer + (index * row.Length));
        }
    }

    public MlpShape Shape => _shape;

    public double[] Logits(double[] parameters, MlpDropout? dropout = null)
    {
        _shape.FromFileOrder<double>(parameters, _weights.Values);
        var logits = new double[_rows.Length];
        _pass.Forward(_batch, logits, dropout);
        return logits;
    }

    public double Loss(double[] parameters, byte[] labels, MlpDropout? dropout = null) =>
        Logits(parameters, dropout).Zip(labels, (logit, label) => -Bernoulli.LogLikelihood(label, logit, out _, out _)).Average();

    public double[] Gradient(double[] parameters, byte[] labels, MlpDropout? dropout = null)
    {
        var deltas = Logits(parameters, dropout).Zip(labels, (logit, label) => -ResidualOf(label, logit) / labels.Length).ToArray();
        _weights.PrepareBackward();
        using var gradient = MlpWeights<double>.CreateGradient(_shape);
        _pass.Backward(_batch, deltas, gradient);
        var file = new double[_shape.ParameterCount];
        _shape.ToFileOrder<double>(new(gradient.Pointer, _shape.ParameterCount), file);
        return file;
    }

    public void Dispose()
    {
        _weights.Dispose();
        _pass.Dispose();
        _batch.Dispose();
        _memory.Dispose();
    }

    private static double ResidualOf(byte label, double logit)
    {
        Bernoulli.LogLikelihood(label, logit, out var residual, out _);
        return residual;
    }
}
