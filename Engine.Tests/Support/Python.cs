using System.ComponentModel;
using System.Diagnostics;

namespace Engine.Tests.Support;

/// <summary>A Python that has NumPy: $ENGINE_PYTHON, python3 on the path or the system's own.</summary>
internal static class Python
{
    private static readonly string[] s_candidates = [.. new[] { Environment.GetEnvironmentVariable("ENGINE_PYTHON"), "python3", "/usr/bin/python3" }.OfType<string>()];
    private static readonly Lazy<string?> s_withNumpy = new(() => s_candidates.FirstOrDefault(static candidate => Has(candidate, "numpy")));

    /// <summary>Returns the interpreter, or leaves the running test out.</summary>
    public static string WithNumpy()
    {
        Skip.When(s_withNumpy.Value is null, "numpy absent: none of the Pythons here can import it");
        return s_withNumpy.Value;
    }

    /// <summary>Returns whether a Python is there and can import a package.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="package">The package.</param>
    public static bool Has(string python, string package)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", $"import {package}"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
