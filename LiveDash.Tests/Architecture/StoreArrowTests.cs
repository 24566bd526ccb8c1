namespace LiveDash.Tests.Architecture;

/// <summary>Stores share what stands in Storage/Blocks and know nothing of each other; a database's library is named in its own folder alone.</summary>
public sealed class StoreArrowTests
{
    private static readonly (string Library, string[] Folders)[] s_libraries =
    [
        ("SQLitePCL", ["LiveDash.Core/Storage/Sqlite/"]),
        ("MongoDB", ["LiveDash.Core/Mongo/", "LiveDash.Core/Storage/Mongo/", "LiveDash.Core/Collections/"]),
    ];

    [Fact]
    public void Stores_Folders_UseBlocksAndNeverEachOther() =>
        Assert.Empty(Core().SelectMany(static file =>
        {
            var own = file.Path.StartsWith("LiveDash.Core/Storage/", StringComparison.Ordinal) ? file.Path.Split('/')[2] : "";
            // StorageServices puts the chosen one together.
            return own.EndsWith("Services.cs", StringComparison.Ordinal)
                ? []
                : new[] { "Sqlite", "Mongo" }.Where(other => other != own && file.Text.Contains("LiveDash.Core.Storage." + other, StringComparison.Ordinal)).Select(other => $"{file.Path} uses {other}");
        }));

    [Fact]
    public void Stores_Libraries_AreNamedInTheirFoldersAlone() =>
        Assert.Empty(s_libraries.SelectMany(static one => Core()
            .Where(file => file.Text.Contains("using " + one.Library, StringComparison.Ordinal) && !one.Folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            .Select(file => $"{file.Path} names {one.Library}")));

    private static IEnumerable<SourceFile> Core() => SourceTree.Files(".cs").Where(static file => file.Path.StartsWith("LiveDash.Core/", StringComparison.Ordinal) || file.Path.StartsWith("LiveDash.Web/", StringComparison.Ordinal));
}
