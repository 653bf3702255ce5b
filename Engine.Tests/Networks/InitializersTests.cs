using Engine.Networks;

namespace Engine.Tests.Networks;

public sealed class InitializersTests
{
    [Fact]
    public void GlorotUniform_Values_FillTheirRange()
    {
        var tensor = new NetworkTensor("lstm.0.forward.weight_ih", [512, 76], 0);
        var values = Fill(tensor, InitialValues.GlorotUniform);
        var limit = Math.Sqrt(6.0 / (512 + 76));
        Assert.InRange(values.Max(), 0.999 * limit, limit);
        Assert.InRange(values.Min(), -limit, -0.999 * limit);
        Assert.Equal(limit / Math.Sqrt(3), Math.Sqrt(values.Average(value => (double)value * value)), 0.01 * limit);
    }

    [Theory]
    [InlineData(64, 16)]
    [InlineData(16, 64)]
    [InlineData(24, 24)]
    public void Orthogonal_ShorterAxis_IsOrthonormal(int outputs, int inputs)
    {
        var values = Fill(new NetworkTensor("w", [outputs, inputs], 0), InitialValues.Orthogonal);
        var (count, length) = (Math.Min(outputs, inputs), Math.Max(outputs, inputs));
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var dot = Enumerable.Range(0, length).Sum(k => (double)At(i, k) * At(j, k));
                Assert.Equal(i == j ? 1 : 0, dot, 1e-6);
            }
        }

        float At(int vector, int place) => outputs >= inputs ? values[(place * inputs) + vector] : values[(vector * inputs) + place];
    }

    [Fact]
    public void UnitForgetBias_SecondQuarter_IsOne() =>
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 0], Fill(new NetworkTensor("b", [8], 0), InitialValues.UnitForgetBias));

    [Fact]
    public void Fill_ATensorAmongOthers_WritesItsOwnValuesByItsName()
    {
        var parameters = new float[20];
        Array.Fill(parameters, 9);
        Initializers.Fill(new NetworkTensor("b", [3, 4], 5), InitialValues.Normal, parameters, 1, 2);
        Assert.All(parameters[..5].Concat(parameters[17..]), value => Assert.Equal(9, value));
        Assert.Equal(Fill(new NetworkTensor("b", [3, 4], 0), InitialValues.Normal, 2), parameters[5..17]);
        Assert.NotEqual(Fill(new NetworkTensor("c", [3, 4], 0), InitialValues.Normal, 2), parameters[5..17]);
        Initializers.Fill(new NetworkTensor("b", [3, 4], 5), InitialValues.Zeros, parameters, 1);
        Assert.All(parameters[5..17], value => Assert.Equal(0, value));
    }

    private static float[] Fill(NetworkTensor tensor, InitialValues initial, double deviation = 0)
    {
        var values = new float[tensor.Length];
        Initializers.Fill(tensor, initial, values, 1, deviation);
        return values;
    }
}
