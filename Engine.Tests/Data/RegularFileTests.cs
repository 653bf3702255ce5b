using System.Diagnostics;
using Engine.Data;
using Engine.Logistic;
using Engine.Prognosis;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

/// <summary>No reader waits for what never comes, or reads what never ends.</summary>
public sealed class RegularFileTests : IDisposable
{
    private static readonly Action<string>[] s_readers =
    [
        path => NpyFile.ReadHeader(path),
        path => NpyFile.Read<float>(path),
        path => NpyFile.ReadSamples(path),
        path => SampleMatrix.Map(path),
        path => SafetensorsFile.Read(path),
        path => FeatureScaler.Load(path),
        path => LogisticFit.Load(path),
        path => new LogisticPrognosis().Load(path),
        path => new Mlp().Load(path),
        path => new ScaledAfterSampling(new Mlp()).Load(path),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void AnyReader_Device_IsRefused(string device)
    {
        Skip.Unless(File.Exists(device), "no devices by name there");
        Assert.All(s_readers, read => AssertRefused(device, read));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnyReader_NamedPipe_IsRefusedWithoutWaiting(bool isBehindLink)
    {
        Skip.When(OperatingSystem.IsWindows(), "no named pipes in folders there");
        var path = _folder.File("pipe");
        Process.Start("mkfifo", [path]).WaitForExit();
        if (isBehindLink)
            path = File.CreateSymbolicLink(_folder.File("link"), path).FullName;
        Assert.All(s_readers, read => AssertRefused(path, read));
    }

    [Fact]
    public void AnyReader_LinkToAFile_IsRead()
    {
        Skip.When(OperatingSystem.IsWindows(), "links need a privilege there");
        NpyFile.Write(_folder.File("rows.npy"), Tables.Normal(3, 2, seed: 1));
        var link = File.CreateSymbolicLink(_folder.File("link.npy"), "rows.npy").FullName;
        Assert.Equal(Tables.Normal(3, 2, seed: 1).Row(2), NpyFile.ReadSamples(link).Row(2));
    }

    private static void AssertRefused(string path, Action<string> read) =>
        Assert.Contains($"{path}: the file is empty, or it is no file", Assert.Throws<InvalidDataException>(() => read(path)).Message, StringComparison.Ordinal);
}
