namespace Engine.Tests.Support;

/// <summary>Real data beside the checkout, in ../shared or in $ENGINE_SHARED. A test that needs it and lacks it is skipped by name.</summary>
internal static class SharedData
{
    private static readonly string? s_root = FindRoot();

    /// <summary>Returns the path of a file or folder, or skips the running test when it is absent.</summary>
    public static string Require(string relativePath)
    {
        var path = s_root is null ? null : Path.Combine(s_root, relativePath);
        Assert.SkipUnless(path is not null && Path.Exists(path), $"real data absent: {relativePath}");
        return path!;
    }

    private static string? FindRoot()
    {
        if (Environment.GetEnvironmentVariable("ENGINE_SHARED") is { Length: > 0 } given)
            return given;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Engine.sln")))
                return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared"));
        }

        return null;
    }
}
