using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace LiveDash.Tests.Shared;

/// <summary>Lets bunit bind to the older AngleSharp.Diffing that bunit.props puts beside it: the default binder refuses it, this handler may not.</summary>
internal static class BunitSupport
{
    [ModuleInitializer]
    internal static void Load() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "bunit-support", "AngleSharp.Diffing.dll"))
            : null;
}
