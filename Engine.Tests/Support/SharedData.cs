namespace Engine.Tests.Support;

/// <summary>Real data beside the checkout, in ../shared or in $ENGINE_SHARED. A test that needs it and lacks it is skipped by name.</summary>
internal static class SharedData
{
    private static readonly string s_root =
        Environment.GetEnvironmentVariable("ENGINE_SHARED") is { Length: > 0 } given ? given : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));

    /// <summary>Returns the path of a file or folder, or skips the running test when it is absent.</summary>
    public static string Require(string relativePath)
    {
        var path = Path.Combine(s_root, relativePath);
        Skip.Unless(Path.Exists(path), $"real data absent: {relativePath}");
        return path;
    }
}
