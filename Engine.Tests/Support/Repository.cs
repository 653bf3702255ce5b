namespace Engine.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Gets the folder of Engine.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Engine.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("the tests must run below the folder of Engine.sln.");
    }
}
