namespace LiveDash.Tests.Architecture;

/// <summary>Stores share what stands in Storage/Blocks and know nothing of each other; a database's library is named in its own folder alone.</summary>
public sealed class StoreArrowTests
{
    private const int MostLines = 1_500;

    private static readonly (string Library, string[] Folders)[] s_libraries =
    [
        ("SQLitePCL", ["LiveDash.Core/Storage/Sqlite/"]),
        ("Npgsql", ["LiveDash.Core/Postgres/", "LiveDash.Core/Storage/Postgres/", "LiveDash.Core/Jobs/Postgres/"]),
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
                : new[] { "Sqlite", "Mongo", "Postgres" }.Where(other => other != own && file.Text.Contains("LiveDash.Core.Storage." + other, StringComparison.Ordinal)).Select(other => $"{file.Path} uses {other}");
        }));

    [Fact]
    public void Stores_Libraries_AreNamedInTheirFoldersAlone() =>
        Assert.Empty(s_libraries.SelectMany(static one => Core()
            .Where(file => file.Text.Contains("using " + one.Library, StringComparison.Ordinal) && !one.Folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            .Select(file => $"{file.Path} names {one.Library}")));

    // The embedded one mends damaged pages besides, which a server does itself.
    [Fact]
    public void Stores_Folders_AreSmallBecauseTheRestIsShared() =>
        Assert.Empty(Core()
            .Where(static file => file.Path.StartsWith("LiveDash.Core/Storage/", StringComparison.Ordinal) && file.Path.Split('/')[2] is var folder && folder is not ("Blocks" or "Sqlite") && !folder.EndsWith(".cs", StringComparison.Ordinal))
            .GroupBy(static file => file.Path.Split('/')[2], static file => file.Text.Split('\n').Length - 1)
            .Where(static folder => folder.Sum() >= MostLines)
            .Select(static folder => $"{folder.Key} has {folder.Sum()} lines, {MostLines} are too many"));

    private static IEnumerable<SourceFile> Core() => SourceTree.Files(".cs").Where(static file => file.Path.StartsWith("LiveDash.Core/", StringComparison.Ordinal) || file.Path.StartsWith("LiveDash.Web/", StringComparison.Ordinal));
}
