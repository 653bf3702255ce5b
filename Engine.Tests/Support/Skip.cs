using System.Diagnostics.CodeAnalysis;

namespace Engine.Tests.Support;

/// <summary>Leaves the running test out and says why beside its name, where the output of `dotnet test` by itself has the name alone.</summary>
internal static class Skip
{
    public static void When([DoesNotReturnIf(true)] bool condition, string reason)
    {
        if (condition)
            Because(reason);
    }

    public static void Unless([DoesNotReturnIf(false)] bool condition, string reason) => When(!condition, reason);

    [DoesNotReturn]
    public static void Because(string reason)
    {
        // .ci/run collects these lines.
        TestContext.Current.SendDiagnosticMessage($"{TestContext.Current.Test?.TestDisplayName ?? "A test"} is skipped: {reason}");
        Assert.Skip(reason);
    }
}
