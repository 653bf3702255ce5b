using Engine.Diagnostics;

namespace Engine.Numerics;

/// <summary>How long something lives that is used from many threads: until it was disposed, and whoever was using it then is done.</summary>
/// <param name="name">What it is called in an error.</param>
/// <param name="release">Takes it down; called once, on the thread that is done last.</param>
internal sealed class Lifetime(string name, Action release) : IDisposable
{
    /// <summary>Those who use it, and one more for its owner until that one disposes it.</summary>
    private int _users = 1;
    private int _isDisposed;

    /// <summary>Begins a use: until its end nothing is released.</summary>
    /// <returns>The use, to be disposed.</returns>
    /// <exception cref="ObjectDisposedException">It was disposed before.</exception>
    public IDisposable Use()
    {
        ThrowIfDisposed();
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            if (users == 0)
                Throw.ObjectDisposed(name);
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
        return new OneUse(this);
    }

    /// <summary>Throws when it was disposed.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed before.</exception>
    public void ThrowIfDisposed()
    {
        if (Volatile.Read(ref _isDisposed) != 0)
            Throw.ObjectDisposed(name);
    }

    /// <summary>Ends the owner's use; nothing begins to use it from here on.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            End();
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            release();
    }

    private sealed class OneUse(Lifetime lifetime) : IDisposable
    {
        private Lifetime? _lifetime = lifetime;

        public void Dispose() => Interlocked.Exchange(ref _lifetime, null)?.End();
    }
}
