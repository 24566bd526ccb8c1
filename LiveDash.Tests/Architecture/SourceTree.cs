using System.Runtime.CompilerServices;

namespace LiveDash.Tests.Architecture;

/// <summary>The repository's own source files.</summary>
internal static class SourceTree
{
    private static readonly string[] s_projects = ["LiveDash.Core", "LiveDash.Web", "LiveDash.Tests", "LiveDash.Benchmarks", "samples"];
    private static readonly HashSet<string> s_foreign = new(StringComparer.Ordinal) { "bin", "obj", "node_modules", "lib", "_content", "assets", "TestResults" };

    /// <summary>The repository's directory.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file written here whose name ends so, by path from the root with forward slashes, with its text.</summary>
    public static IReadOnlyList<SourceFile> Files(params IReadOnlyList<string> endings) =>
        [.. s_projects.SelectMany(project => Walk(new DirectoryInfo(Path.Combine(Root, project))))
            .Where(file => endings.Any(ending => file.Name.EndsWith(ending, StringComparison.Ordinal)))
            .Select(static file => new SourceFile(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)))];

    private static IEnumerable<FileInfo> Walk(DirectoryInfo directory) =>
        !directory.Exists || s_foreign.Contains(directory.Name)
            ? []
            : directory.EnumerateFiles().Concat(directory.EnumerateDirectories().SelectMany(Walk));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var directory = new FileInfo(here).Directory;
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "LiveDash.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException($"No LiveDash.sln above {here}: these tests read the sources they were built from.");
    }
}
