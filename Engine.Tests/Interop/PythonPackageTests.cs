using System.Text.RegularExpressions;
using Engine.Tests.Support;

namespace Engine.Tests.Interop;

/// <summary>The Python package's own tests, on the engine that these tests were built with.</summary>
public sealed partial class PythonPackageTests
{
    private static readonly string s_package = Path.Combine(Repository.Root, "Engine.Python");

    [Theory]
    [InlineData("test_arrays")]
    [InlineData("test_calls")]
    [InlineData("test_estimator_checks")]
    [InlineData("test_examples")]
    [InlineData("test_logistic")]
    [InlineData("test_metrics")]
    [InlineData("test_neighbors")]
    [InlineData("test_networks")]
    [InlineData("test_sampling")]
    public async Task Tests_OfAFile_Pass(string file)
    {
        var python = Python.WithNumpy();
        if (file == "test_estimator_checks")
            Skip.Unless(Python.Has(python, "sklearn"), "scikit-learn absent: its checks of estimators are not run");
        var (exitCode, output) = await RunAsync(python, "-m", "unittest", "-v", $"tests.{file}");
        Assert.True(exitCode == 0, output);
        foreach (Match skipped in Skipped().Matches(output))
            Skip.Tell($"{file}: {skipped.Groups[1].Value}", skipped.Groups[2].Value);
        var outcome = Outcome().Match(output);
        Assert.True(outcome.Success, output);
        Assert.NotEqual("0", outcome.Groups[1].Value);
    }

    [Fact]
    public void Tests_EveryFile_IsRun()
    {
        var run = typeof(PythonPackageTests).GetMethod(nameof(Tests_OfAFile_Pass))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(data => data.Data[0]);
        Assert.Equal(Directory.EnumerateFiles(Path.Combine(s_package, "tests"), "test_*.py").Select(Path.GetFileNameWithoutExtension).Order(), run.Order());
    }

    [Fact]
    public async Task Example_RunsBesideScikitLearn()
    {
        var python = Python.WithNumpy();
        Skip.Unless(Python.Has(python, "sklearn"), "scikit-learn absent: the example compares with it");
        var (exitCode, output) = await RunAsync(python, Path.Combine("examples", "beside_scikit_learn.py"));
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void ParquetExample_StandsOnThePage()
    {
        var example = File.ReadAllText(Path.Combine(s_package, "examples", "parquet_to_metrics.py")).ReplaceLineEndings("\n");
        // Below its head, which says how it is run.
        Assert.Contains($"```python\n{example[example.IndexOf("import sys", StringComparison.Ordinal)..]}```", File.ReadAllText(Path.Combine(Repository.Root, "docs", "python.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output)> RunAsync(string python, params string[] arguments) =>
        DotnetTool.RunProgramAsync("/usr/bin/env", s_package, [$"ENGINE_LIBRARY={AppContext.BaseDirectory}", "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH=.", python, .. arguments]);

    [GeneratedRegex(@"Ran (\d+) tests? in")]
    private static partial Regex Outcome();

    [GeneratedRegex(@"^(\w+) .*\.\.\. skipped ['""](.*)['""]$", RegexOptions.Multiline)]
    private static partial Regex Skipped();
}
