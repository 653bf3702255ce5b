using Engine.Networks;

namespace Engine.Tests.Networks;

public sealed class LstmLayoutTests
{
    [Fact]
    public void ParameterCount_Papers_IsTheirs()
    {
        Assert.Equal(7_569, new LstmLayout(LstmArchitecture.PaperMortality, 76).ParameterCount);
        Assert.Equal(105_089, new LstmLayout(LstmArchitecture.PaperDecompensation, 76).ParameterCount);
    }

    [Fact]
    public void Tensors_TwoLayers_FollowEachOther()
    {
        var layout = new LstmLayout(LstmArchitecture.PaperMortality, 76);
        Assert.Equal(
            [
                "lstm.0.forward.weight_ih 32x76", "lstm.0.forward.weight_hh 32x8", "lstm.0.forward.bias 32",
                "lstm.0.backward.weight_ih 32x76", "lstm.0.backward.weight_hh 32x8", "lstm.0.backward.bias 32",
                "lstm.1.forward.weight_ih 64x16", "lstm.1.forward.weight_hh 64x16", "lstm.1.forward.bias 64",
                "output.weight 1x16", "output.bias 1",
            ],
            layout.Tensors.Select(tensor => $"{tensor.Name} {string.Join('x', tensor.Shape)}"));
        var offset = 0;
        foreach (var tensor in layout.Tensors)
        {
            Assert.Equal(offset, tensor.Offset);
            offset += tensor.Length;
        }

        Assert.Equal(layout.ParameterCount, offset);
    }

    [Fact]
    public void Initialize_PapersMortality_StartsAsKerasDoes()
    {
        var layout = new LstmLayout(LstmArchitecture.PaperMortality, 76);
        var parameters = new float[layout.ParameterCount];
        layout.Initialize(parameters, seed: 1);
        var tensors = layout.Tensors.ToDictionary(tensor => tensor.Name, tensor => parameters[tensor.Offset..(tensor.Offset + tensor.Length)]);
        // Uniform within sqrt(6 / (76 + 32)).
        Assert.InRange(tensors["lstm.0.forward.weight_ih"].Max(), 0.23, 0.2358);
        Assert.NotEqual(tensors["lstm.0.forward.weight_ih"], tensors["lstm.0.backward.weight_ih"]);
        Assert.Equal([.. new float[8], .. Enumerable.Repeat(1f, 8), .. new float[16]], tensors["lstm.0.backward.bias"]);
        var recurrent = tensors["lstm.1.forward.weight_hh"];
        Assert.Equal(1, Enumerable.Range(0, 64).Sum(row => (double)recurrent[row * 16] * recurrent[row * 16]), 1e-6);
        Assert.Equal(0, Enumerable.Range(0, 64).Sum(row => (double)recurrent[row * 16] * recurrent[(row * 16) + 5]), 1e-6);
        Assert.InRange(tensors["output.weight"].Max(), 0.1, Math.Sqrt(6.0 / 17));
        Assert.Equal([0], tensors["output.bias"]);
    }

    [Fact]
    public void Constructor_SettingsOutsideTheirRange_Throws()
    {
        Assert.Throws<ArgumentException>(() => new LstmLayout(new LstmArchitecture { Layers = [] }, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LstmLayout(new LstmArchitecture { Layers = [new LstmLayer(0)] }, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LstmLayout(new LstmArchitecture { Layers = [new LstmLayer(2) { InputDropout = 1 }] }, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LstmLayout(new LstmArchitecture { Layers = [new LstmLayer(2)], OutputDropout = double.NaN }, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LstmLayout(LstmArchitecture.PaperDecompensation, 0));
    }
}
