using System.Text.RegularExpressions;

namespace LiveDash.Tests.Architecture;

/// <summary>
/// Dependencies between folders point one way. A new arrow is a decision: it is drawn here and in docs/ARCHITECTURE.md, or not at all.
/// </summary>
public sealed partial class FolderArrowTests
{
    /// <summary>Every folder and the folders it may use. Folders stand below those that they use, so there can be no circle.</summary>
    private static readonly (string Folder, string[] May)[] s_arrows =
    [
        ("Core.Model", []),
        ("Core.Diagnostics", ["Core.Model"]),
        ("Core.Windows", ["Core.Model"]),
        ("Core.Mongo", []),
        ("Core.Postgres", []),
        ("Core.Storage", ["Core.Model", "Core.Mongo", "Core.Postgres", "Core.Diagnostics"]),
        ("Core.Accounts", ["Core.Model", "Core.Storage"]),
        ("Core.Detection", ["Core.Model", "Core.Windows"]),
        ("Core.Geometry", ["Core.Model"]),
        ("Core.Plots", ["Core.Model", "Core.Windows"]),
        ("Core.Selections", ["Core.Model", "Core.Storage", "Core.Geometry"]),
        // The bins and the hours of the week are those of plots.
        ("Core.Statistics", ["Core.Model", "Core.Storage", "Core.Geometry", "Core.Selections", "Core.Plots"]),
        ("Core.Configuration", ["Core.Model", "Core.Windows", "Core.Storage"]),
        ("Core.Ingestion", ["Core.Model", "Core.Storage", "Core.Configuration", "Core.Diagnostics"]),
        // Live expressions take points as they arrive.
        // LiveDash's own text asks for windows, anomalies and polygons.
        ("Core.Query", ["Core.Model", "Core.Windows", "Core.Detection", "Core.Geometry", "Core.Storage", "Core.Ingestion", "Core.Diagnostics"]),
        ("Core.Rules", ["Core.Model", "Core.Windows", "Core.Detection", "Core.Query"]),
        ("Core.Engine", ["Core.Model", "Core.Windows", "Core.Storage", "Core.Ingestion", "Core.Rules", "Core.Diagnostics", "Core.Detection"]),
        // The engine calls its judge through an interface of its own, so alerts may know the engine and not the other way round.
        ("Core.Alerts", ["Core.Model", "Core.Windows", "Core.Storage", "Core.Configuration", "Core.Ingestion", "Core.Rules", "Core.Engine", "Core.Diagnostics", "Core.Detection", "Core.Query"]),
        ("Core.Collections", ["Core.Model", "Core.Storage", "Core.Configuration", "Core.Ingestion", "Core.Mongo", "Core.Diagnostics"]),
        ("Core.Notifications", ["Core.Model", "Core.Storage", "Core.Configuration", "Core.Rules", "Core.Alerts", "Core.Diagnostics"]),
        // Panels of expressions, and the variables of dashboards in both texts.
        ("Core.Live", ["Core.Model", "Core.Windows", "Core.Storage", "Core.Configuration", "Core.Engine", "Core.Query"]),
        ("Core.Jobs", ["Core.Model", "Core.Windows", "Core.Storage", "Core.Configuration", "Core.Ingestion", "Core.Engine", "Core.Plots", "Core.Diagnostics", "Core.Postgres"]),
    ];

    /// <summary>Folders of the web project and the other folders of the web project they may use; all of them may use the core.</summary>
    private static readonly (string Folder, string[] May)[] s_webArrows =
    [
        ("Web.ViewModels", []),
        ("Web.LiveView", ["Web.ViewModels"]),
        ("Web.Diagnostics", []),
        ("Web.Api", ["Web.Diagnostics"]),
        ("Web.Security", ["Web.Api", "Web.ViewModels"]),
        ("Web.Listeners", ["Web.Security", "Web.Api"]),
        ("Web.Components", ["Web.ViewModels", "Web.LiveView", "Web.Diagnostics", "Web.Security", "Web.Listeners"]),
    ];

    /// <summary>The rooms of a folder that was too large for a glance. What stands beside them is what they share, and uses none of them; its Services file puts them together.</summary>
    private static readonly (string Folder, string[] May)[] s_alertRooms = [("", []), ("Judging", [""]), ("Books", ["", "Judging"]), ("Preview", ["", "Judging"]), ("Testing", ["", "Judging"])];

    /// <summary>The same of expressions; what stands beside the rooms is the door to them and uses all.</summary>
    private static readonly (string Folder, string[] May)[] s_queryRooms = [("Tree", []), ("Parsing", ["Tree"]), ("Data", ["Tree"]), ("Functions", ["Data"]), ("Folds", ["Tree", "Data"]), ("Evaluation", ["Tree", "Data", "Functions", "Folds"]), ("Live", ["Tree", "Data", "Folds", "Evaluation"]), ("", ["Tree", "Parsing", "Data", "Functions", "Folds", "Evaluation", "Live"])];

    [Fact]
    public void Alerts_Rooms_UseOnlyWhatTheyMay() => AssertRooms("LiveDash.Core/Alerts/", "AlertServices.cs", s_alertRooms);

    [Fact]
    public void Query_Rooms_UseOnlyWhatTheyMay() => AssertRooms("LiveDash.Core/Query/", null, s_queryRooms);

    private static void AssertRooms(string folder, string? services, (string Folder, string[] May)[] rooms)
    {
        var faults = SourceTree.Files(".cs")
            .Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal) && (services is null || !file.Path.EndsWith("/" + services, StringComparison.Ordinal)))
            .SelectMany(file =>
            {
                var room = file.Path[folder.Length..].Split('/') is [var first, _] ? first : "";
                var may = rooms.Single(one => one.Folder == room).May;
                return rooms.Select(static one => one.Folder)
                    .Where(other => other.Length > 0 && other != room && !may.Contains(other) && file.Text.Contains(folder.Replace('/', '.') + other, StringComparison.Ordinal))
                    .Select(other => $"{file.Path} uses {other}.");
            })
            .ToList();
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public void Core_Folders_UseOnlyWhatTheyMay() => AssertArrows(s_arrows, "Core");

    [Fact]
    public void Web_Folders_UseOnlyWhatTheyMay() => AssertArrows(s_webArrows, "Web");

    [Fact]
    public void Core_Sources_KnowNothingOfTheWeb() =>
        Assert.Empty(SourceTree.Files(".cs")
            .Where(static file => file.Path.StartsWith("LiveDash.Core/", StringComparison.Ordinal))
            .Where(static file => file.Text.Contains("Microsoft.AspNetCore", StringComparison.Ordinal) || file.Text.Contains("LiveDash.Web", StringComparison.Ordinal))
            .Select(static file => file.Path));

    [Fact]
    public void Arrows_Drawn_HoldNoCircle()
    {
        foreach (var arrows in new[] { s_arrows, s_webArrows, s_alertRooms, s_queryRooms })
        {
            var above = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (folder, may) in arrows)
            {
                Assert.True(above.IsSupersetOf(may), $"{folder} uses a folder that is drawn below it.");
                above.Add(folder);
            }
        }
    }

    private static void AssertArrows((string Folder, string[] May)[] arrows, string project)
    {
        var allowed = arrows.ToDictionary(static pair => pair.Folder, static pair => pair.May);
        var faults = new List<string>();
        foreach (var file in SourceTree.Files(".cs", ".razor"))
        {
            // Files beside the project file put the parts together, so they know all.
            if (!file.Folder.StartsWith(project + ".", StringComparison.Ordinal)) continue;
            if (!allowed.TryGetValue(file.Folder, out var may))
            {
                faults.Add($"{file.Path}: the folder {file.Folder} is not drawn; say in this test what it may use.");
                continue;
            }

            faults.AddRange(Reference().Matches(file.Text)
                .Select(static match => $"{match.Groups[1].Value}.{match.Groups[2].Value}")
                .Where(used => used.StartsWith(project + ".", StringComparison.Ordinal) && used != file.Folder && !may.Contains(used))
                .Distinct()
                .Select(used => $"{file.Path} uses {used}, which {file.Folder} may not."));
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [GeneratedRegex(@"\bLiveDash\.(Core|Web)\.([A-Z]\w+)\b")]
    private static partial Regex Reference();
}
