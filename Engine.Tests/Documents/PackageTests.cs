using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Engine.Tests.Support;

namespace Engine.Tests.Documents;

/// <summary>The packages as somebody else gets them: packed, looked into, restored into a fresh project and used there.</summary>
/// <param name="packages">The packages.</param>
public sealed partial class PackageTests(PackageTests.Packages packages) : IClassFixture<PackageTests.Packages>, IDisposable
{
    private const string Prelude =
        """
        const int rowCount = 600, featureCount = 4;
        var random = new Random(71);
        var features = Enumerable.Range(0, rowCount * featureCount).Select(_ => random.NextSingle()).ToArray();
        var outcomes = Enumerable.Range(0, rowCount).Select(row => features[row * featureCount] + random.NextSingle() > 1.3f ? 1 : 0).ToArray();
        var ethnicity = Enumerable.Range(0, rowCount).Select(row => row % 5 == 0 ? "Black" : "White").ToArray();

        """;

    private const string Results = "\nConsole.WriteLine($\"{neighbors.Indices.Length} {fit.Status} {search.Scores.Count} {string.Join(',', table.Rows.Select(row => row.Group))} {string.Join(',', closest.Groups)}\");\n";
    private const string Expected = "3000 Converged 15 Black,White Black,White";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Engine", "CommunityToolkit.HighPerformance", "System.Numerics.Tensors")]
    [InlineData("Engine.Gpu", "CommunityToolkit.HighPerformance", "Engine", "ILGPU", "ILGPU.Algorithms", "System.Numerics.Tensors", "TorchSharp")]
    [InlineData("Engine.Mpi", "CommunityToolkit.HighPerformance", "Engine", "System.Numerics.Tensors")]
    public async Task Pack_Library_HasReadmeDocumentationLicenseAndSymbols(string name, params string[] dependencies)
    {
        var (file, version) = await packages.FindAsync(name);
        using var package = await ZipFile.OpenReadAsync(file, TestContext.Current.CancellationToken);
        Assert.All(["README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"], entry => Assert.NotNull(package.GetEntry(entry)));
        using var symbols = await ZipFile.OpenReadAsync(Path.ChangeExtension(file, ".snupkg"), TestContext.Current.CancellationToken);
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{name}.pdb"));

        using var nuspec = new StringReader(await TextAsync(package, $"{name}.nuspec"));
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        string Value(string element) => metadata.Elements().Single(one => one.Name.LocalName == element).Value;
        Assert.Equal((version, "MIT", "README.md"), (Value("version"), Value("license"), Value("readme")));
        Assert.Equal(dependencies, metadata.Descendants().Where(one => one.Name.LocalName == "dependency").Select(one => (string)one.Attribute("id")!).Order());
    }

    [Fact]
    public async Task Pack_ElsewhereAgain_GivesTheSameBytes()
    {
        var (first, _) = await packages.FindAsync("Engine");
        await Packages.PackAsync("Engine", _folder.File("build"), _folder.File("packages"));
        foreach (var file in (string[])[first, Path.ChangeExtension(first, ".snupkg")])
            Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(_folder.File("packages", Path.GetFileName(file)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Restore_FreshProject_RunsTheExampleOfTheReadme()
    {
        await WriteProjectAsync("<UseAppHost>false</UseAppHost>");
        // What was restored to build this program is enough: nothing is asked of a feed.
        await File.WriteAllTextAsync(
            _folder.File("nuget.config"),
            $"""<configuration><packageSources><clear /><add key="local" value="{packages.Folder}" /></packageSources><fallbackPackageFolders><add key="restored" value="{await Packages.GlobalFolderAsync()}" /></fallbackPackageFolders></configuration>""",
            TestContext.Current.CancellationToken);
        var (exitCode, output) = await DotnetTool.RunAsync(_folder.Path, "run", "-c", "Release");
        Assert.True(exitCode == 0, output);
        Assert.Contains(Expected, output, StringComparison.Ordinal);
    }

    /// <summary>All of the library, not only what the example needs, is looked at for what trimming and compiling ahead of time would break.</summary>
    [Fact]
    public async Task Publish_AheadOfTime_HasNoWarningsAndRuns()
    {
        await WriteProjectAsync("<PublishAot>true</PublishAot><TrimmerSingleWarn>false</TrimmerSingleWarn><TreatWarningsAsErrors>true</TreatWarningsAsErrors>", """<TrimmerRootAssembly Include="Engine" />""");
        var (restored, restoreOutput) = await DotnetTool.RunAsync(_folder.Path, "restore", "--use-current-runtime", $"-p:RestoreAdditionalProjectSources={packages.Folder}");
        Skip.When(restored != 0, $"the native compiler of .NET cannot be restored here: {Codes(restoreOutput)}");
        var (exitCode, output) = await DotnetTool.RunAsync(_folder.Path, "publish", "--no-restore", "-c", "Release", "--use-current-runtime", "-o", _folder.File("published"));
        Skip.When(output.Contains("Platform linker", StringComparison.Ordinal), "there is no linker for native code.");
        Assert.True(exitCode == 0, output);
        Assert.DoesNotMatch(TrimOrAotWarning(), output);

        var program = _folder.File("published", OperatingSystem.IsWindows() ? "Consumer.exe" : "Consumer");
        var (ended, printed) = await DotnetTool.RunProgramAsync(program, _folder.Path);
        Assert.True(ended == 0, printed);
        Assert.Contains(Expected, printed, StringComparison.Ordinal);
    }

    private async Task WriteProjectAsync(string properties, string items = "")
    {
        var (file, version) = await packages.FindAsync("Engine");
        await File.WriteAllTextAsync(
            _folder.File("Consumer.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <RestorePackagesPath>{_folder.File("restored")}</RestorePackagesPath>
                {properties}
              </PropertyGroup>
              <ItemGroup><PackageReference Include="Engine" Version="[{version}]" />{items}</ItemGroup>
            </Project>
            """,
            TestContext.Current.CancellationToken);
        using var package = await ZipFile.OpenReadAsync(file, TestContext.Current.CancellationToken);
        var example = Example().Match((await TextAsync(package, "README.md")).ReplaceLineEndings("\n"));
        Assert.True(example.Success);
        await File.WriteAllTextAsync(_folder.File("Program.cs"), example.Groups["usings"].Value + Prelude + example.Groups["body"].Value + Results, TestContext.Current.CancellationToken);
    }

    private static async Task<string> TextAsync(ZipArchive package, string entry)
    {
        using var reader = new StreamReader(await package.GetEntry(entry)!.OpenAsync(TestContext.Current.CancellationToken));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Codes(string output) => string.Join(", ", RestoreError().Matches(output).Select(match => match.Value).Distinct());

    [GeneratedRegex(@"```csharp\n(?<usings>(using [^\n]+\n)+\n)(?<body>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();

    [GeneratedRegex(@"warning IL\d+")]
    private static partial Regex TrimOrAotWarning();

    [GeneratedRegex(@"N(U|ETSDK)\d+")]
    private static partial Regex RestoreError();

    /// <summary>The libraries, packed once from this checkout.</summary>
    public sealed class Packages : IDisposable
    {
        private readonly TemporaryFolder _temporary = new();
        private readonly Lazy<Task> _packed;

        public Packages() => _packed = new(async () =>
        {
            await PackAsync("Engine", _temporary.File("build"), Folder);
            await PackAsync("Engine.Gpu", _temporary.File("build"), Folder);
            await PackAsync("Engine.Mpi", _temporary.File("build"), Folder);
        });

        public string Folder => _temporary.File("packages");

        public void Dispose() => _temporary.Dispose();

        /// <summary>Packs a library as for publication: with paths of no machine.</summary>
        internal static async Task PackAsync(string name, string buildFolder, string folder)
        {
            var project = Path.Combine(Repository.Root, name, $"{name}.csproj");
            Skip.Unless(Path.Exists(Path.Combine(Repository.Root, ".git")), "this is no clone: a package names the commit that it was built from.");
            var (exitCode, output) = await DotnetTool.RunAsync(
                Repository.Root, "pack", project, "-c", "Release", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "--artifacts-path", buildFolder, "-o", folder);
            Assert.True(exitCode == 0, output);
        }

        internal static async Task<string> GlobalFolderAsync()
        {
            var (_, output) = await DotnetTool.RunAsync(Repository.Root, "nuget", "locals", "global-packages", "--list");
            return output.Trim().Split(' ', 2)[1];
        }

        internal async Task<(string File, string Version)> FindAsync(string name)
        {
            await _packed.Value;
            var file = Directory.EnumerateFiles(Folder, "*.nupkg").Single(path => Path.GetFileName(path) is var found && found.StartsWith($"{name}.", StringComparison.Ordinal) && char.IsAsciiDigit(found[name.Length + 1]));
            return (file, Path.GetFileNameWithoutExtension(file)[(name.Length + 1)..]);
        }
    }
}
