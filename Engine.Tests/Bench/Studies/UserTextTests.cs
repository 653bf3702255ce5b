using Bench.Studies;

namespace Engine.Tests.Bench.Studies;

public sealed class UserTextTests
{
    private static readonly ArgumentException s_tooSmall = new("class 1 has 4 rows; k = 5 needs at least 6; lower NeighborCount or leave the class as it is.", "labels");

    [Theory]
    [InlineData("smote")]
    [InlineData("smote-enn")]
    public void OfSkipped_MethodWithAnOption_NamesTheOption(string method) =>
        Assert.Equal("class 1 has 4 rows; k = 5 needs at least 6; lower --neighbors or leave the method out of --methods.", UserText.OfSkipped(method, s_tooSmall));

    [Fact]
    public void OfSkipped_MethodWithoutOne_NamesNone()
    {
        var error = new ArgumentException("class 1 has 2 rows; NeighborCount = 3 needs at least 3; lower NeighborCount or leave the class as it is.", "labels");
        Assert.Equal(
            "class 1 has 2 rows; its number of neighbors = 3 needs at least 3; leave the method out of --methods.",
            UserText.OfSkipped("nearmiss-1", error));
    }
}
