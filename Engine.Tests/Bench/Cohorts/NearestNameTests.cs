using Bench.Cohorts;

namespace Engine.Tests.Bench.Cohorts;

public sealed class NearestNameTests
{
    private static readonly string[] s_known = ["simulate", "smote", "smote-enn", "run", "--seed"];

    [Theory]
    [InlineData("simulat", "simulate")]
    [InlineData("smtoe", "smote")]
    [InlineData("SMOTE", "smote")]
    [InlineData("smoteenn", "smote-enn")]
    [InlineData("--sead", "--seed")]
    public void Find_Misspelled_GivesTheName(string unknown, string expected) => Assert.Equal(expected, NearestName.Find(unknown, s_known));

    [Theory]
    [InlineData("martian")]
    [InlineData("x")]
    public void Find_NothingNear_GivesNone(string unknown) => Assert.Null(NearestName.Find(unknown, s_known));
}
