using Engine.Tests.Support;

namespace Engine.Tests.Documents;

public sealed class ReadmeTests
{
    [Theory]
    [InlineData("dotnet run -c Release --project Bench")]
    [InlineData("dotnet test -c Release")]
    [InlineData("dotnet build Engine -c Release")]
    [InlineData("PYTHONPATH=Engine.Python python3 Engine.Python/examples/beside_scikit_learn.py")]
    public void QuickStart_Commands_StandInTheReadme(string command) =>
        Assert.Contains($"\n{command}\n", File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
}
