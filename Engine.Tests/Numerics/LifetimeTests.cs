using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed class LifetimeTests
{
    [Fact]
    public void Dispose_WhileInUse_ReleasesWhenTheLastUseEnds()
    {
        var released = 0;
        var lifetime = new Lifetime("the memory", () => released++);
        var (first, second) = (lifetime.Use(), lifetime.Use());
        lifetime.Dispose();
        lifetime.Dispose();
        first.Dispose();
        Assert.Equal(0, released);
        second.Dispose();
        Assert.Equal(1, released);
    }

    [Fact]
    public void UseEndedTwice_CountsOnce()
    {
        var released = 0;
        var lifetime = new Lifetime("the memory", () => released++);
        var (first, second) = (lifetime.Use(), lifetime.Use());
        first.Dispose();
        first.Dispose();
        lifetime.Dispose();
        Assert.Equal(0, released);
        second.Dispose();
        Assert.Equal(1, released);
    }

    [Fact]
    public void Use_AfterDispose_ThrowsThoughAnotherUseGoesOn()
    {
        var lifetime = new Lifetime("the memory", static () => { });
        using var use = lifetime.Use();
        lifetime.Dispose();
        Assert.Contains("the memory has been disposed", Assert.Throws<ObjectDisposedException>(() => lifetime.Use()).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(lifetime.ThrowIfDisposed);
    }
}
