using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Leaves out what takes minutes where the processor, or a switch, has no fused multiply-add: each is then a call.</summary>
    public static void WhereSumsAreSlow() => When(
        !Fma.IsSupported && !AdvSimd.IsSupported,
        "fused multiply-adds are emulated at this SIMD level, and this takes minutes; digests show that bits do not depend on it.");

    [DoesNotReturn]
    public static void Because(string reason)
    {
        Tell(TestContext.Current.Test?.TestDisplayName ?? "A test", reason);
        Assert.Skip(reason);
    }

    /// <summary>Says that something is left out; .ci/run collects these lines.</summary>
    public static void Tell(string what, string reason) => TestContext.Current.SendDiagnosticMessage($"{what} is skipped: {reason}");
}
