using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;

namespace LiveDash.Tests.Shared.Steps;

/// <summary>
/// The core, and what reads texts for it, in a second copy that counts its own steps (<see cref="StepWeaver"/>), with a copy of these tests that uses it. So any parser is counted as it is, without a word about counting in it.
/// </summary>
internal sealed class CountedCode : AssemblyLoadContext
{
    private static readonly string[] s_counted = ["LiveDash.Core", "YamlDotNet", "Cronos", "CsvHelper", "Google.Protobuf"];
    private static readonly Lazy<CountedCode> s_shared = new(static () => new CountedCode());
    private readonly Dictionary<string, byte[]> _counted = new(StringComparer.Ordinal);

    private CountedCode()
        : base("counted")
    {
        var folder = Path.GetDirectoryName(typeof(CountedCode).Assembly.Location)!;
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        foreach (var name in s_counted)
        {
            using var module = ModuleDefinition.ReadModule(Path.Combine(folder, name + ".dll"), new ReaderParameters { AssemblyResolver = resolver });
            StepWeaver.Weave(module);
            using var written = new MemoryStream();
            module.Write(written);
            _counted.Add(name, written.ToArray());
        }
    }

    /// <summary>A static method of a class of these tests, in the copy whose code is counted.</summary>
    /// <typeparam name="T">The method's delegate; of types that both copies share, so of .NET's own.</typeparam>
    public static T Method<T>(Type type, string name)
        where T : Delegate => s_shared.Value.LoadFromAssemblyName(typeof(CountedCode).Assembly.GetName()).GetType(type.FullName!, throwOnError: true)!
        .GetMethod(name, BindingFlags.Static | BindingFlags.Public)!.CreateDelegate<T>();

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (_counted.TryGetValue(assemblyName.Name!, out var bytes)) return LoadFromStream(new MemoryStream(bytes));
        return assemblyName.Name == typeof(CountedCode).Assembly.GetName().Name ? LoadFromAssemblyPath(typeof(CountedCode).Assembly.Location) : null;
    }
}
