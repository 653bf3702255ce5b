using System.Reflection;
using Engine.Data;

namespace Engine.Tests.Lifetimes;

/// <summary>Something that can be disposed, and a use of each of its members that reads what it owns.</summary>
/// <param name="Name">What it is, for a failure.</param>
/// <param name="Create">Creates one.</param>
/// <param name="Uses">A use by the name of the member.</param>
internal sealed record DisposableCase(string Name, Func<IDisposable> Create, IReadOnlyDictionary<string, Action<IDisposable>> Uses)
{
    /// <summary>Creates a case of a type.</summary>
    public static DisposableCase Of<T>(string name, Func<T> create, params (string Member, Action<T> Use)[] uses)
        where T : class, IDisposable =>
        new(name, create, uses.ToDictionary(use => use.Member, use => (Action<IDisposable>)(it => use.Use((T)it))));

    /// <summary>Lists the disposable types of an assembly that a user can get hold of: public ones, and those behind a public interface.</summary>
    public static Type[] TypesIn(Assembly assembly) =>
    [
        .. assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IDisposable).IsAssignableFrom(type)
            && (type.IsPublic || type.GetInterfaces().Any(face => face.IsPublic && IsOfLibrary(face.Assembly)))),
    ];

    /// <summary>Lists the members of a type that read what it owns: its methods, and its properties of spans.</summary>
    public static string[] MembersOf(Type type) =>
    [
        .. type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.Name != nameof(IDisposable.Dispose) && (!method.IsSpecialName || method.ReturnType.IsByRefLike))
            .Select(method => method.IsSpecialName ? method.Name["get_".Length..] : method.Name)
            .Distinct(),
    ];

    /// <summary>Checks that a case has every member of its type, that each works, and that none does after Dispose.</summary>
    public Type AssertUsesEndWithDispose()
    {
        var disposed = Create();
        var members = MembersOf(disposed.GetType());
        Assert.NotEmpty(members);
        Assert.Empty(members.Except(Uses.Keys));
        foreach (var use in Uses.Values)
            use(disposed);
        disposed.Dispose();
        disposed.Dispose();
        foreach (var (member, use) in Uses)
            Assert.True(Record.Exception(() => use(disposed)) is ObjectDisposedException, $"{Name}: {member} after Dispose");
        return disposed.GetType();
    }

    private static bool IsOfLibrary(Assembly assembly) => assembly == typeof(SampleMatrix).Assembly || assembly.GetName().Name == "Engine.Gpu";
}
