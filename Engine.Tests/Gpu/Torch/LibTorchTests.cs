using Engine.Gpu.Torch;
using Engine.Tests.Support;

namespace Engine.Tests.Gpu.Torch;

public sealed class LibTorchTests
{
    [Fact]
    public void Explain_LibraryOfANewerCompiler_SaysWhichSystemsHaveWhatItNeeds()
    {
        var text = LibTorch.Explain("/app/libLibTorchSharp.so", "/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)");
        Assert.Equal(
            "/app/libLibTorchSharp.so needs GLIBCXX_3.4.32 of libstdc++.so.6, which this system's is too old to have. Debian 13, Ubuntu 24.04 and newer have it, as has every system with GCC 13 or newer; use the managed networks here.",
            text);
    }

    [Fact]
    public void Explain_LibtorchOfAnotherVersion_PassesTheReasonOn()
    {
        var text = LibTorch.Explain("libLibTorchSharp.so", "undefined symbol:\n_ZN2at4_ops");
        Assert.Equal("libLibTorchSharp.so does not load: undefined symbol: _ZN2at4_ops. It needs libtorch 2.10 and no other version.", text);
    }

    [Fact]
    public void Choose_FolderWithoutLibtorch_NamesTheVariableAndTheFile()
    {
        using var folder = new TemporaryFolder();
        var (found, reason) = LibTorch.Choose(folder.Path, []);
        Assert.Null(found);
        Assert.StartsWith($"ENGINE_LIBTORCH is '{folder.Path}', where there is no ", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_NothingInTheBuild_SaysHowToGetIt()
    {
        using var folder = new TemporaryFolder();
        var (found, reason) = LibTorch.Choose("", [folder.Path]);
        Assert.Null(found);
        Assert.Contains("build with -p:LibTorch=cpu, or let ENGINE_LIBTORCH name", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_UsersFolder_ComesBeforeThatOfTheBuild()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "the file has another name on other systems.");
        using var mine = new TemporaryFolder();
        using var built = new TemporaryFolder();
        foreach (var folder in (TemporaryFolder[])[mine, built])
            File.WriteAllBytes(folder.File("libtorch_cpu.so"), []);
        Assert.Equal((mine.Path, null), LibTorch.Choose(mine.Path, [built.Path]));
        Assert.Equal((built.Path, null), LibTorch.Choose(null, [built.Path]));
    }
}
