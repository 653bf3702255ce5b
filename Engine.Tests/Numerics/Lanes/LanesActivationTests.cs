using System.Numerics;
using Engine.Numerics;
using Engine.Numerics.Lanes;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics.Lanes;

public sealed class LanesActivationTests
{
    // The promises of the documentation.
    private const double SingleError = 2e-7;
    private const double DoubleError = 1e-15;

    [Fact]
    public void Activations_Float32_AreNearTheFunctionsAtEveryWidth()
    {
        AssertNear<Lanes512<float>, float>(SingleError);
        AssertNear<Lanes256<float>, float>(SingleError);
        AssertNear<Lanes128<float>, float>(SingleError);
        AssertNear<LanesScalar<float>, float>(SingleError);
    }

    [Fact]
    public void Activations_Float64_AreNearTheFunctionsAtEveryWidth()
    {
        AssertNear<Lanes512<double>, double>(DoubleError);
        AssertNear<Lanes256<double>, double>(DoubleError);
        AssertNear<Lanes128<double>, double>(DoubleError);
        AssertNear<LanesScalar<double>, double>(DoubleError);
    }

    [Fact]
    public void Activations_EveryWidth_HaveTheSameBits()
    {
        Assert.Equal(DigestOf<Lanes512<float>, float>(), DigestOf<LanesScalar<float>, float>());
        Assert.Equal(DigestOf<Lanes256<float>, float>(), DigestOf<LanesScalar<float>, float>());
        Assert.Equal(DigestOf<Lanes128<float>, float>(), DigestOf<LanesScalar<float>, float>());
        Assert.Equal(DigestOf<Lanes512<double>, double>(), DigestOf<LanesScalar<double>, double>());
    }

    [Fact]
    public void Activations_FarOut_EndAtTheirLimits()
    {
        AssertLimits<Lanes512<float>, float>();
        AssertLimits<LanesScalar<float>, float>();
        AssertLimits<Lanes512<double>, double>();
        AssertLimits<LanesScalar<double>, double>();
    }

    [Fact]
    public void Activations_NaN_StaysNaN()
    {
        foreach (var activation in Activations<Lanes512<float>, float>())
            Assert.True(float.IsNaN(Apply(activation, float.NaN)));
        foreach (var activation in Activations<LanesScalar<double>, double>())
            Assert.True(double.IsNaN(Apply(activation, double.NaN)));
    }

    [Fact]
    public void Slopes_InsideAndAtTheEnds_AreThoseOfTheFunctions()
    {
        Assert.Equal(0.1875, Apply<Lanes512<double>, double>(LanesActivation<Lanes512<double>, double>.SigmoidSlope, 0.25));
        Assert.Equal(0.9375, Apply<Lanes512<double>, double>(LanesActivation<Lanes512<double>, double>.TanhSlope, -0.25));
        Assert.Equal(0.2, Apply<Lanes512<double>, double>(LanesActivation<Lanes512<double>, double>.HardSigmoidSlope, 0.25));
        Assert.Equal(0, Apply<Lanes512<double>, double>(LanesActivation<Lanes512<double>, double>.HardSigmoidSlope, 0));
        Assert.Equal(0, Apply<Lanes512<double>, double>(LanesActivation<Lanes512<double>, double>.HardSigmoidSlope, 1));
    }

    private static Func<TLanes, TLanes>[] Activations<TLanes, T>()
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged =>
        [LanesActivation<TLanes, T>.Sigmoid, LanesActivation<TLanes, T>.Tanh, LanesActivation<TLanes, T>.HardSigmoid];

    private static T Apply<TLanes, T>(Func<TLanes, TLanes> activation, T x)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        var stored = new T[16];
        TLanes.Store(activation(TLanes.Broadcast(x)), ref stored[0]);
        return stored[3];
    }

    private static void AssertNear<TLanes, T>(double error)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var x in Points<T>())
        {
            var exact = double.CreateTruncating(x);
            var logistic = PortableMath.Logistic(exact);
            AssertRelative(logistic, Apply<TLanes, T>(LanesActivation<TLanes, T>.Sigmoid, x), error);
            AssertRelative(Math.Tanh(exact), Apply<TLanes, T>(LanesActivation<TLanes, T>.Tanh, x), error);
            var hard = Math.Clamp((0.2 * exact) + 0.5, 0, 1);
            Assert.Equal(hard, double.CreateTruncating(Apply<TLanes, T>(LanesActivation<TLanes, T>.HardSigmoid, x)), 2 * error);
        }
    }

    private static void AssertLimits<TLanes, T>()
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var x in new[] { T.CreateTruncating(1000), T.PositiveInfinity })
        {
            Assert.Equal(T.One, Apply<TLanes, T>(LanesActivation<TLanes, T>.Sigmoid, x));
            Assert.InRange(Apply<TLanes, T>(LanesActivation<TLanes, T>.Sigmoid, -x), T.Zero, T.CreateTruncating(1e-37));
            Assert.Equal(T.One, Apply<TLanes, T>(LanesActivation<TLanes, T>.Tanh, x));
            Assert.Equal(-T.One, Apply<TLanes, T>(LanesActivation<TLanes, T>.Tanh, -x));
            Assert.Equal(T.One, Apply<TLanes, T>(LanesActivation<TLanes, T>.HardSigmoid, x));
            Assert.Equal(T.Zero, Apply<TLanes, T>(LanesActivation<TLanes, T>.HardSigmoid, -x));
        }

        Assert.Equal(T.Zero, Apply<TLanes, T>(LanesActivation<TLanes, T>.Tanh, T.Zero));
    }

    private static void AssertRelative<T>(double expected, T actual, double error)
        where T : IBinaryFloatingPointIeee754<T> => Assert.InRange(Math.Abs(double.CreateTruncating(actual) - expected), 0, error * Math.Abs(expected));

    private static string DigestOf<TLanes, T>()
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var digest = new Digest();
        foreach (var x in Points<T>())
        {
            foreach (var activation in Activations<TLanes, T>())
                digest.Add<T>([Apply(activation, x)]);
        }

        return digest.ToString();
    }

    private static IEnumerable<T> Points<T>()
        where T : IBinaryFloatingPointIeee754<T>
    {
        var stream = new RandomStream(5, 1);
        for (ulong i = 0; i < 2_000; i++)
        {
            var normal = stream.Normal(i);
            yield return T.CreateTruncating(normal);
            yield return T.CreateTruncating(10 * normal);
            yield return T.CreateTruncating(1e-4 * normal);
        }
    }
}
